package dev.caravan.client;

import java.io.IOException;
import java.util.Map;

/**
 * All that the demo started, released in the opposite order, once, whether it ends by itself or by Ctrl-C.
 *
 * <p>Thread-safe: the process may be ended while the demo is still starting things.
 */
final class DemoResources implements AutoCloseable {
    private static final int INTERRUPTED = 130;

    private final DemoDirectory directory = DemoDirectory.create();
    private final Thread hook = new Thread(this::interrupted, "end of demo");
    private DemoServers servers;
    private ServiceStarter.RunningService service;
    private int exitCode = INTERRUPTED;
    private boolean closed;

    DemoResources() throws IOException {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    DemoDirectory directory() {
        return directory;
    }

    /** Starts the servers; a signal that comes meanwhile waits for them, so that none is left behind. */
    synchronized DemoServers startServers() throws IOException {
        refuseWhenClosed();
        servers = DemoServers.start(directory);
        return servers;
    }

    /** Starts the service; a signal that comes meanwhile waits for it. */
    synchronized ServiceStarter.RunningService startService(ServiceStarter starter, Map<String, String> properties)
            throws Exception {
        refuseWhenClosed();
        service = starter.start(properties);
        return service;
    }

    private void refuseWhenClosed() {
        if (closed) {
            throw new IllegalStateException("the demo is being ended");
        }
    }

    /** What the process exits with when Ctrl-C ends it from now on: the copy is done, and the signal only says "enough". */
    synchronized void exitCode(int code) {
        exitCode = code;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is being ended, and the hook releases.
            return;
        }
        release();
    }

    private void interrupted() {
        release();
        Runtime.getRuntime().halt(code());
    }

    private synchronized int code() {
        return exitCode;
    }

    private synchronized void release() {
        closed = true;
        if (service != null) {
            service.close();
            service = null;
        }
        if (servers != null) {
            servers.close();
            servers = null;
        }
        directory.close();
    }
}
