package dev.caravan;

import dev.caravan.connection.Connections;
import dev.caravan.job.JobStore;
import dev.caravan.job.Json;
import dev.caravan.mask.MaskSettings;
import dev.caravan.rest.ConnectionsResource;
import dev.caravan.rest.ContractValidator;
import dev.caravan.rest.CopyJobsResource;
import dev.caravan.rest.EventStream;
import dev.caravan.rest.HttpServers;
import dev.caravan.rest.MaskingResource;
import dev.caravan.rest.RestEngine;
import dev.caravan.rest.SchedulesResource;
import dev.caravan.schedule.Schedules;
import dev.caravan.schedule.Webhooks;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.Registry;

/**
 * The beans and settings of the HTTP part. The registry must already hold one each of {@link JobStore}, {@link Connections},
 * {@link MaskSettings}, {@link Schedules} and {@link Webhooks}: this
 * configuration is added after the one that makes them.
 */
public final class HttpWiring implements CamelConfiguration {
    private static final Map<String, String> DEFAULTS = Map.of(
            "camel.server.enabled", "true",
            "camel.server.host", "127.0.0.1",
            "camel.server.port", "8080",
            "camel.management.host", "127.0.0.1",
            "camel.management.port", "9876",
            // Endpoint names as labels would grow without bound.
            "camel.metrics.enableExchangeEventNotifier", "false",
            "camel.metrics.enableRoutePolicy", "true",
            "camel.metrics.enableMessageHistory", "true");

    private HttpWiring() {}

    /** Adds the HTTP part to a service that has not started; its routes are among those that the service loads itself. */
    public static void addTo(Main main) {
        DEFAULTS.forEach(main::addInitialProperty);
        main.bind("httpServers", new HttpServers());
        // camel-observability-services switches it on; it wraps every step, and nothing collects its traces here.
        main.addOverrideProperty("camel.opentelemetry2.enabled", "false");
        main.configure().addConfiguration(new HttpWiring());
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeConfigure(BaseMainSupport service) {
                refuseToBeReachable(service.getCamelContext());
            }
        });
    }

    @Override
    public void configure(CamelContext context) {
        Registry registry = context.getRegistry();
        JobStore store = present(registry, JobStore.class);
        Connections connections = present(registry, Connections.class);
        registry.bind("json", Json.MAPPER);
        registry.bind("platform-http-engine", new RestEngine(port(context), new EventStream(store)));
        registry.bind("contractValidator", new ContractValidator());
        registry.bind("copyJobsResource", new CopyJobsResource(store));
        registry.bind("connectionsResource", new ConnectionsResource(connections));
        registry.bind(
                "schedulesResource",
                new SchedulesResource(present(registry, Schedules.class), present(registry, Webhooks.class)));
        registry.bind("maskingResource", new MaskingResource(present(registry, MaskSettings.class), connections));
    }

    /** The port of the API, after start also where the configuration left the choice to the system. */
    public static int port(Main main) {
        return main.getCamelContext()
                .getRegistry()
                .findSingleByType(RestEngine.class)
                .getServerPort();
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

    private static void refuseToBeReachable(CamelContext context) {
        for (String setting : new String[] {"camel.server.host", "camel.management.host"}) {
            String host = context.resolvePropertyPlaceholders("{{" + setting + "}}");
            try {
                if (InetAddress.getByName(host).isLoopbackAddress()) {
                    continue;
                }
            } catch (UnknownHostException e) {
                // Refused like any other name that is not this machine's own.
            }
            throw CaravanException.of(
                    ErrorCode.CONFIGURATION,
                    setting + " is not a loopback address.",
                    "Authentication is not built yet, so the service only listens to this machine: set " + setting
                            + " to 127.0.0.1.");
        }
    }
}
