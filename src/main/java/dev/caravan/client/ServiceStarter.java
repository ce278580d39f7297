package dev.caravan.client;

import java.net.URI;
import java.util.Map;

/** Starts the service inside this process; how it is wired is not the client's business. */
@FunctionalInterface
public interface ServiceStarter {
    /** A service that runs. */
    interface RunningService extends AutoCloseable {
        /** Base URL of the API, without a slash at its end. */
        URI address();

        /** Stops it; closing again does nothing. */
        @Override
        void close();
    }

    /**
     * Starts it and returns when it answers.
     *
     * @param properties the whole configuration
     * @throws Exception when it does not start
     */
    RunningService start(Map<String, String> properties) throws Exception;
}
