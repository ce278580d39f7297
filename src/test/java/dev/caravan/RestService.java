package dev.caravan;

import dev.caravan.connection.ConnectionSettings;
import dev.caravan.connection.Connections;
import dev.caravan.job.CopyRequest;
import dev.caravan.job.JobState;
import dev.caravan.job.JobStore;
import dev.caravan.job.Store;
import dev.caravan.job.StoreSettings;
import dev.caravan.mask.MaskSettings;
import dev.caravan.plan.CopyFormat;
import dev.caravan.plan.TablePlan;
import dev.caravan.rest.Access;
import dev.caravan.rest.AuthSettings;
import dev.caravan.rest.ReportSigning;
import dev.caravan.schedule.Cron;
import dev.caravan.schedule.ScheduleConfig;
import dev.caravan.schedule.Schedules;
import dev.caravan.schedule.WebhookConfig;
import dev.caravan.schedule.Webhooks;
import dev.caravan.schema.TableName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.spi.EventNotifier;

/** The HTTP part alone, on free ports, with a store of its own; what the copying would do is stubbed by small routes. */
public final class RestService implements AutoCloseable {
    /** What the planning stub gives. */
    public record StubPlan(String source, String target, List<TablePlan> tables) {}

    /** What the check stub gives. */
    public record StubCheck(String name, String database) {}

    private static final Map<String, String> CONNECTIONS = new TreeMap<>(Map.ofEntries(
            Map.entry(
                    "caravan.connection.shop-staging.url", "jdbc:postgresql://stage.example:5433/shop?sslmode=require"),
            Map.entry("caravan.connection.shop-staging.role", "source"),
            Map.entry("caravan.connection.shop-staging.username", "login-canary"),
            Map.entry("caravan.connection.shop-staging.password", "password-canary"),
            Map.entry("caravan.connection.shop-prod.url", "jdbc:postgresql://prod.example/shop"),
            Map.entry("caravan.connection.shop-prod.role", "source"),
            Map.entry("caravan.connection.shop-prod.classification", "production"),
            Map.entry("caravan.connection.shop-prod.username", "login-canary"),
            Map.entry("caravan.connection.shop-dev.url", "jdbc:postgresql://dev.example/shop_dev"),
            Map.entry("caravan.connection.shop-dev.role", "target"),
            Map.entry("caravan.connection.shop-dev.username", "login-canary"),
            Map.entry("caravan.connection.shop-qa.url", "jdbc:postgresql://dev.example/shop_qa"),
            Map.entry("caravan.connection.shop-qa.role", "target"),
            Map.entry("caravan.connection.shop-qa.username", "login-canary")));

    private final Main main = new Main();
    private final ConcurrentLinkedQueue<Map<String, Object>> headersSeen = new ConcurrentLinkedQueue<>();
    private final Store store;
    private final int managementPort;

    private RestService(Path folder, Map<String, String> properties, Optional<Access> access) throws IOException {
        store = Store.open(
                new StoreSettings(
                        "jdbc:sqlite:" + folder.resolve("jobs.db"), "", "", "node-1", Duration.ofMinutes(1), 3),
                Clock.systemUTC());
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            managementPort = free.getLocalPort();
        }
        List<String> faults = new ArrayList<>();
        Connections connections = ConnectionSettings.read(CONNECTIONS, faults);
        if (!faults.isEmpty()) {
            throw new IllegalStateException(String.join("\n", faults));
        }
        main.bind("declaredAccess", access.orElseGet(() -> withKeys(faults)));
        main.bind("wholeStore", store);
        main.bind("connections", connections);
        main.bind("maskSettings", MaskSettings.none());
        main.bind("reportSigning", new ReportSigning(Optional.empty()));
        main.bind("schedules", new Schedules(List.of(nightly()), store, Clock.systemUTC()));
        main.bind("webhooks", new Webhooks(List.of(chat()), store, Clock.systemUTC()));
        // The service's own settings, but of its routes only the API's.
        main.addOverrideProperty("camel.main.routesIncludePattern", "classpath:routes/rest.yaml");
        main.addOverrideProperty("camel.server.port", "0");
        main.addOverrideProperty("camel.management.port", String.valueOf(managementPort));
        properties.forEach(main::addOverrideProperty);
        HttpWiring.addTo(main);
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:plan-copy").routeId("stub-plan").process(exchange -> {
                    headersSeen.add(new TreeMap<>(exchange.getMessage().getHeaders()));
                    CopyRequest request = exchange.getMessage().getBody(CopyRequest.class);
                    exchange.getMessage()
                            .setBody(new StubPlan(
                                    request.source(),
                                    request.target(),
                                    List.of(new TablePlan(
                                            TableName.parse("public.customer"),
                                            0,
                                            CopyFormat.BINARY,
                                            Optional.empty(),
                                            1,
                                            Optional.empty(),
                                            8192,
                                            0,
                                            List.of(),
                                            Optional.empty()))));
                });
                from("direct:preview-masks").routeId("stub-preview").setBody(constant("{}"));
                from("direct:explain-row").routeId("stub-explanation").setBody(constant("{}"));
                from("direct:check-connection").routeId("stub-check").process(exchange -> {
                    String name = exchange.getMessage().getBody(String.class);
                    if (name.equals("shop-qa")) {
                        throw new IllegalStateException("a message with row-value-canary in it");
                    }
                    exchange.getMessage().setBody(new StubCheck(name, "shop_dev"));
                });
                from("direct:run-now")
                        .routeId("stub-run")
                        .setVariable("schedule", body())
                        .setBody(constant("{\"source\": \"shop-staging\", \"target\": \"shop-dev\"}"))
                        .to("direct:createCopyJob");
                from("seda:pii-scan").routeId("stub-pii-scan").log("taken");
                from("seda:claim").routeId("stub-claim").process(exchange -> headersSeen.add(headers(exchange)));
            }
        });
    }

    private static Access withKeys(List<String> faults) {
        Map<String, String> keys = new TreeMap<>();
        TestKeys.declare(keys);
        return AuthSettings.read(keys, Set.of("shop-dev", "shop-qa"), Clock.systemUTC(), faults);
    }

    private static ScheduleConfig nightly() {
        return new ScheduleConfig(
                "nightly",
                new Cron("0 0 2 * * ?", ZoneId.of("Europe/Berlin")),
                CopyRequest.of("shop-staging", "shop-dev"),
                "",
                ScheduleConfig.Overlap.SKIP,
                ScheduleConfig.Missed.RUN,
                Duration.ofHours(12),
                false);
    }

    /** Nobody listens there. */
    private static WebhookConfig chat() {
        return new WebhookConfig(
                "chat",
                URI.create("http://127.0.0.1:1/url-canary"),
                "secret-canary-0123",
                Set.of(),
                Set.of(),
                true,
                Duration.ofSeconds(10));
    }

    private static Map<String, Object> headers(Exchange exchange) {
        return new TreeMap<>(exchange.getMessage().getHeaders());
    }

    public static RestService start(Path folder, Map<String, String> properties) throws IOException {
        return start(folder, properties, Optional.empty());
    }

    /** The same, watched by somebody who is told of what starts and stops in it. */
    static RestService start(Path folder, EventNotifier watching) throws IOException {
        RestService service = new RestService(folder, Map.of(), Optional.empty());
        service.main.bind("watching", watching);
        service.main.start();
        return service;
    }

    /** The same for these callers instead of those with keys. */
    public static RestService start(Path folder, Map<String, String> properties, Optional<Access> access)
            throws IOException {
        RestService service = new RestService(folder, properties, access);
        try {
            service.main.start();
        } catch (RuntimeException e) {
            service.close();
            throw e;
        }
        return service;
    }

    public Store store() {
        return store;
    }

    public JobStore jobs() {
        return store.jobs();
    }

    public Main main() {
        return main;
    }

    public String address() {
        return "http://127.0.0.1:" + HttpWiring.port(main);
    }

    public String managementAddress() {
        return "http://127.0.0.1:" + managementPort;
    }

    /** The headers of each message that left the routes of the API. */
    public ConcurrentLinkedQueue<Map<String, Object>> headersSeen() {
        return headersSeen;
    }

    /** Frees every target and the queue for the next test. */
    public void endEveryJob() {
        for (JobState state : JobState.active()) {
            jobs().list(Optional.of(state), Optional.empty(), 200, Optional.empty()).items().stream()
                    .map(job -> jobs().requestCancel(job.id()))
                    .filter(job -> job.state() == JobState.CANCELLING)
                    .forEach(job -> jobs().finish(job.id(), JobState.CANCELLED, Optional.empty()));
        }
    }

    @Override
    public void close() {
        main.stop();
        store.close();
    }
}
