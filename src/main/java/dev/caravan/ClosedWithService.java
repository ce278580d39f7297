package dev.caravan;

import org.apache.camel.support.service.ServiceSupport;

/** Closes something of ours when the service stops, after its routes. */
final class ClosedWithService extends ServiceSupport {
    private final AutoCloseable closed;

    ClosedWithService(AutoCloseable closed) {
        this.closed = closed;
    }

    @Override
    protected void doShutdown() throws Exception {
        closed.close();
    }
}
