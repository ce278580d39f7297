package dev.caravan.observe;

import java.util.List;
import java.util.Map;
import org.apache.camel.ServiceStatus;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Whether the routes run that take jobs and units of work: without them jobs are accepted and stay where they are. Thread-safe. */
public final class WorkersHealth extends AbstractHealthCheck {
    private final List<String> routes;

    /** @param routes their ids */
    public WorkersHealth(List<String> routes) {
        super("caravan", "workers");
        this.routes = List.copyOf(routes);
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        List<String> resting = routes.stream()
                .filter(route -> getCamelContext().getRouteController().getRouteStatus(route) != ServiceStatus.Started)
                .toList();
        if (resting.isEmpty()) {
            builder.up();
        } else {
            builder.message("Routes that do not run: " + String.join(", ", resting))
                    .down();
        }
    }
}
