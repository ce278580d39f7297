package dev.caravan.rest;

import dev.caravan.job.JobStore;
import io.vertx.ext.web.Router;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * The HTTP engine of the routes: puts the {@link Edge} before every consumer, adds what is not a route (the front door, the
 * Swagger UI, the event streams), and knows which of the two servers (the API's and
 * the management's) the routes are on, which the stock engine cannot tell.
 */
public final class RestEngine extends VertxPlatformHttpEngine {
    private final int configuredPort;
    private final EventStream events;
    private final JobStatus status;
    private final Access access;
    private final Audit audit;
    private boolean open;

    /**
     * @param configuredPort camel.server.port, 0 for any free one
     * @param store what is asked for by those who watch a job, beside the routes
     * @param access who may call
     * @param audit is told of every change
     */
    public RestEngine(int configuredPort, JobStore store, Access access, Audit audit) {
        this.access = access;
        this.audit = audit;
        this.configuredPort = configuredPort;
        this.events = new EventStream(store);
        this.status = new JobStatus(store);
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        // Before the first route takes a request, not after the start: a call in between would pass the front door.
        if (!open) {
            open = true;
            Router router = router(getCamelContext());
            FrontDoor.guard(router, access.anyHost(), getCamelContext()::isStarted);
            Guard.api(router, access, audit);
            events.mount(router);
            status.mount(router);
            OperationsPage.mount(router);
            SwaggerUi.mount(router);
        }
        return new VertxPlatformHttpConsumer(
                endpoint,
                new Edge(processor, audit),
                List.of(),
                VertxPlatformHttpRouter.getRouterNameFromPort(configuredPort));
    }

    /** The port that the API is served on; the configured one until the server has started. */
    @Override
    public int getServerPort() {
        VertxPlatformHttpRouter router = router(getCamelContext());
        return router == null || router.getServer().getServer() == null
                ? configuredPort
                : router.getServer().getServer().actualPort();
    }

    private VertxPlatformHttpRouter router(CamelContext context) {
        return VertxPlatformHttpRouter.lookup(context, VertxPlatformHttpRouter.getRouterNameFromPort(configuredPort));
    }
}
