package dev.caravan;

import dev.caravan.connection.Connections;
import dev.caravan.job.Json;
import dev.caravan.job.Store;
import dev.caravan.mask.MaskSettings;
import dev.caravan.observe.HawtioConsole;
import dev.caravan.rest.Access;
import dev.caravan.rest.Audit;
import dev.caravan.rest.ConnectionsResource;
import dev.caravan.rest.ContractAsJson;
import dev.caravan.rest.ContractValidator;
import dev.caravan.rest.CopyJobsResource;
import dev.caravan.rest.HttpServers;
import dev.caravan.rest.ManagementPage;
import dev.caravan.rest.MaskingResource;
import dev.caravan.rest.PiiScansResource;
import dev.caravan.rest.ReportSigning;
import dev.caravan.rest.RestEngine;
import dev.caravan.rest.SchedulesResource;
import dev.caravan.schedule.Schedules;
import dev.caravan.schedule.Webhooks;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.Registry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The beans and settings of the HTTP part. The registry must already hold one each of {@link Store}, {@link Connections},
 * {@link MaskSettings}, {@link Schedules}, {@link Webhooks} and {@link Access}: this
 * configuration is added after the one that makes them.
 */
public final class HttpWiring implements CamelConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(HttpWiring.class);

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("camel.server.enabled", "true"),
            Map.entry("camel.server.host", "127.0.0.1"),
            Map.entry("camel.server.port", "8080"),
            Map.entry("camel.management.host", "127.0.0.1"),
            Map.entry("camel.management.port", "9876"),
            Map.entry("camel.management.jolokiaEnabled", "true"),
            Map.entry("camel.management.jolokiaPath", HawtioConsole.PATH + "/jolokia"),
            // Endpoint names as labels would grow without bound.
            Map.entry("camel.metrics.enableExchangeEventNotifier", "false"),
            Map.entry("camel.metrics.enableRoutePolicy", "true"),
            Map.entry("camel.metrics.enableMessageHistory", "true"));

    private final FutureTask<ContractValidator> contract = new FutureTask<>(ContractValidator::new);
    private final FutureTask<Vertx> vertx = new FutureTask<>(Vertx::vertx);

    /** Neither of the two needs any configuration, and each takes its time: they are made while Camel reads it. */
    private HttpWiring() {
        Thread beside = new Thread(
                () -> {
                    contract.run();
                    vertx.run();
                },
                "http-start");
        beside.setDaemon(true);
        beside.start();
    }

    /** Adds the HTTP part to a service that has not started; its routes are among those that the service loads itself. */
    public static void addTo(Main main) {
        DEFAULTS.forEach(main::addInitialProperty);
        main.bind("httpServers", new HttpServers());
        // camel-observability-services switches it on; it wraps every step, and nothing collects its traces here.
        main.addOverrideProperty("camel.opentelemetry2.enabled", "false");
        HttpWiring wiring = new HttpWiring();
        main.configure().addConfiguration(wiring);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterStart(BaseMainSupport service) {
                listening(service.getCamelContext());
            }

            @Override
            public void afterStop(BaseMainSupport service) {
                wiring.close();
            }
        });
    }

    /** Camel's own list of what it serves names 0.0.0.0, whatever the servers are bound to: it is switched off in the log's settings. */
    private static void listening(CamelContext context) {
        int port = context.getRegistry().findSingleByType(RestEngine.class).getServerPort();
        LOG.info(
                "Listening on {}:{} for the API, and on {} for operators",
                context.resolvePropertyPlaceholders("{{camel.server.host}}"),
                port,
                context.resolvePropertyPlaceholders("{{camel.management.host}}:{{camel.management.port}}"));
    }

    private void close() {
        if (!vertx.cancel(false)) {
            made(vertx).close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Override
    public void configure(CamelContext context) {
        Registry registry = context.getRegistry();
        Store store = present(registry, Store.class);
        Connections connections = present(registry, Connections.class);
        Access declared = present(registry, Access.class);
        boolean reachable = reachable(context, declared);
        Access access = reachable ? declared.reachable() : declared;
        registry.bind("access", access);
        Audit audit = new Audit(store.audit());
        registry.bind("json", Json.MAPPER);
        registry.bind("platform-http-engine", new RestEngine(port(context), store.jobs(), access, audit));
        registry.bind("audit", audit);
        registry.bind("hawtioConsole", (ManagementPage) HawtioConsole::mount);
        registry.bind("contractAsJson", new ContractAsJson());
        registry.bind("contractValidator", made(contract));
        registry.bind("vertx", made(vertx));
        registry.bind("copyJobsResource", new CopyJobsResource(store.jobs(), present(registry, ReportSigning.class)));
        registry.bind("connectionsResource", new ConnectionsResource(connections));
        registry.bind(
                "schedulesResource",
                new SchedulesResource(present(registry, Schedules.class), present(registry, Webhooks.class)));
        registry.bind(
                "piiScansResource",
                new PiiScansResource(store.piiScans(), present(registry, MaskSettings.class), connections));
        registry.bind("maskingResource", new MaskingResource(present(registry, MaskSettings.class), connections));
    }

    /** The port of the API, after start also where the configuration left the choice to the system. */
    public static int port(Main main) {
        return main.getCamelContext()
                .getRegistry()
                .findSingleByType(RestEngine.class)
                .getServerPort();
    }

    private static <T> T made(FutureTask<T> beside) {
        try {
            return beside.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int port(CamelContext context) {
        return Integer.parseInt(context.resolvePropertyPlaceholders("{{camel.server.port}}"));
    }

    private static <T> T present(Registry registry, Class<T> type) {
        T found = registry.findSingleByType(type);
        if (found == null) {
            throw new IllegalStateException("one " + type.getSimpleName() + " must be bound before the HTTP wiring");
        }
        return found;
    }

    /** Whether others than this machine may reach either server. */
    private static boolean reachable(CamelContext context, Access access) {
        boolean reachable = false;
        for (String setting : new String[] {"camel.server.host", "camel.management.host"}) {
            if (!loopback(context.resolvePropertyPlaceholders("{{" + setting + "}}"))) {
                reachable = true;
                if (!access.required()) {
                    throw CaravanException.of(
                            ErrorCode.CONFIGURATION,
                            setting + " is not a loopback address, and authentication is switched off.",
                            "Leave caravan.auth.enabled out and declare API keys, or set " + setting
                                    + " to 127.0.0.1.");
                }
            }
        }
        return reachable;
    }

    private static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
