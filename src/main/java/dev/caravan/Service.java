package dev.caravan;

import dev.caravan.client.ServiceStarter.RunningService;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/** The service: routes, beans, HTTP, in this process. */
final class Service implements RunningService {
    /** What depends on the machine: a worker more than cores, and a name that no other process has. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "caravan.workers",
            String.valueOf(Runtime.getRuntime().availableProcessors() + 1),
            "caravan.node",
            "caravan-" + ProcessHandle.current().pid() + "-" + Long.toString(System.currentTimeMillis(), 36));

    private final Main main;
    private boolean closed;

    private Service(Main main) {
        this.main = main;
    }

    /**
     * Puts it together without starting it.
     *
     * @param config the operator's properties file
     * @param properties further properties, which win over the file's
     */
    static Service of(Optional<Path> config, Map<String, String> properties) {
        Main main = new Main();
        // Of two that set a property the first one wins.
        main.setPropertyPlaceholderLocations(
                config.map(file -> location(file) + ",").orElse("") + "classpath:application.properties");
        DEFAULTS.forEach(main::addInitialProperty);
        properties.forEach(main::addOverrideProperty);
        main.configure().addConfiguration(new Wiring(properties));
        HttpWiring.addTo(main);
        ScheduleWiring.addTo(main);
        ObserveWiring.addTo(main);
        return new Service(main);
    }

    private static String location(Path file) {
        if (!Files.isReadable(file)) {
            throw CaravanException.of(
                    ErrorCode.CONFIGURATION,
                    "The configuration file " + file + " cannot be read.",
                    "Check the path after --config and the file's permissions.");
        }
        return "file:" + file.toAbsolutePath();
    }

    /** Starts it and returns when it answers. */
    Service start() throws Exception {
        try {
            main.start();
            return this;
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    /** Starts it and returns when the process is told to end. */
    void runToItsEnd() throws Exception {
        try {
            main.run();
        } catch (Exception e) {
            over();
            throw e;
        }
    }

    /** Its routes and beans. */
    CamelContext context() {
        return main.getCamelContext();
    }

    @Override
    public URI address() {
        return URI.create("http://127.0.0.1:" + HttpWiring.port(main));
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            main.stop();
            main.shutdown();
            over();
        }
    }

    /** Camel would take the end of the process for a signal, and say so. */
    private void over() {
        main.completed();
    }
}
