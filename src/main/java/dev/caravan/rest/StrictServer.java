package dev.caravan.rest;

import dev.caravan.job.Problem;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.BindException;
import java.util.LinkedHashSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;

/**
 * Either HTTP server. The stock one cannot be told to leave HTTP/2 upgrades alone (a large first answer is then sometimes lost
 * halfway), answers malformed requests in its own words, takes no certificate in PEM, and stays up without a port when the port is taken.
 */
final class StrictServer extends VertxPlatformHttpServer {
    private static final int IDLE_SECONDS = 300;
    private static final int START_SECONDS = 30;
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private final VertxPlatformHttpServerConfiguration configuration;
    private final String name;
    private final String portSetting;
    private final BooleanSupplier answers;
    private volatile HttpServer server;

    /**
     * @param name what it is, at the beginning of a sentence
     * @param portSetting the setting that chooses its port
     * @param answers whether it answers requests yet
     */
    StrictServer(
            VertxPlatformHttpServerConfiguration configuration,
            String name,
            String portSetting,
            BooleanSupplier answers) {
        super(configuration);
        this.configuration = configuration;
        this.name = name;
        this.portSetting = portSetting;
        this.answers = answers;
    }

    @Override
    public HttpServer getServer() {
        return server;
    }

    @Override
    public int getPort() {
        return server == null ? configuration.getBindPort() : server.actualPort();
    }

    @Override
    protected void startServer() throws Exception {
        VertxPlatformHttpRouter router = router();
        HttpServerOptions options =
                new HttpServerOptions().setHttp2ClearTextEnabled(false).setIdleTimeout(IDLE_SECONDS);
        Tls.of(getCamelContext()).ifPresent(tls -> options.setSsl(true)
                .setKeyCertOptions(tls.options())
                .setEnabledSecureTransportProtocols(new LinkedHashSet<>(Tls.protocols())));
        HttpServer starting = router.vertx()
                .createHttpServer(options)
                .invalidRequestHandler(StrictServer::refuse)
                .requestHandler(request -> {
                    // The router would fail on such a path before any handler of ours is asked.
                    if (request.path() == null
                            || BROKEN_ESCAPE.matcher(request.uri()).find()) {
                        refuse(request);
                    } else if (!answers.getAsBoolean()) {
                        FrontDoor.send(request, Problems.reply(Problem.of(Problems.unavailable())));
                    } else {
                        router.handle(request);
                    }
                });
        try {
            server = starting.listen(configuration.getBindPort(), configuration.getBindHost())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(START_SECONDS, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            if (!(e.getCause() instanceof BindException)) {
                throw CaravanException.of(
                                ErrorCode.CONFIGURATION,
                                name + " cannot listen with the certificate that is configured.",
                                "caravan.tls.certificate and caravan.tls.key are PEM files of one pair, the key not encrypted.")
                        .causedBy(e.getCause());
            }
            throw CaravanException.of(
                            ErrorCode.CONFIGURATION,
                            name + " cannot listen on port " + configuration.getBindPort() + ".",
                            "Another process may have it: end that process, or set " + portSetting + ".")
                    .causedBy(e.getCause());
        }
    }

    @Override
    protected void stopServer() {
        if (server != null) {
            getCamelContext().removeComponent(PlatformHttpConstants.PLATFORM_HTTP_COMPONENT_NAME);
            server.close().toCompletionStage().toCompletableFuture().join();
            server = null;
        }
    }

    /** Both servers share it, and whoever made it closes it when both have stopped. */
    @Override
    protected void stopVertx() {}

    private VertxPlatformHttpRouter router() {
        return VertxPlatformHttpRouter.lookup(
                getCamelContext(), VertxPlatformHttpRouter.getRouterNameFromPort(configuration.getPort()));
    }

    private static void refuse(HttpServerRequest request) {
        FrontDoor.send(request, Problems.reply(Problem.of(Problems.ofStatus(400))));
        request.connection().close();
    }
}
