package dev.caravan;

import dev.caravan.job.Store;
import dev.caravan.schedule.Fires;
import dev.caravan.schedule.ScheduleConfig;
import dev.caravan.schedule.ScheduleMeters;
import dev.caravan.schedule.Schedules;
import dev.caravan.schedule.Webhooks;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.Registry;

/** The beans of schedules and webhooks, and a route of each schedule's own. */
final class ScheduleWiring {
    private ScheduleWiring() {}

    static void bind(Registry registry, ServiceSettings settings, Store store, Clock clock) {
        Schedules schedules = new Schedules(settings.schedules(), store, clock);
        registry.bind("schedules", schedules);
        registry.bind("fires", new Fires(schedules, store.schedules(), clock));
        registry.bind("scheduleMeters", new ScheduleMeters(schedules));
        registry.bind("webhooks", new Webhooks(settings.webhooks(), store, clock));
    }

    /** Adds what can only be done when the routes' templates, and later the meters, are there. */
    static void addTo(Main main) {
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport service) {
                CamelContext context = service.getCamelContext();
                schedules(context).configs().forEach(config -> addRoute(context, config));
                showMeters(context);
            }
        });
    }

    private static Schedules schedules(CamelContext context) {
        return context.getRegistry().findSingleByType(Schedules.class);
    }

    /** The meters' registry is there when the context has started, and not before. */
    private static void showMeters(CamelContext context) {
        try {
            context.addStartupListener((started, already) -> {
                MeterRegistry meters = started.getRegistry().findSingleByType(MeterRegistry.class);
                if (meters != null) {
                    started.getRegistry().findSingleByType(ScheduleMeters.class).showIn(meters);
                }
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void addRoute(CamelContext context, ScheduleConfig config) {
        TemplatedRouteBuilder.builder(context, "schedule")
                .routeId("schedule-" + config.name())
                .parameter("schedule", config.name())
                .parameter("cron", inAddress(config.cron().expression()))
                .parameter("zone", inAddress(config.cron().zone().getId()))
                .add();
    }

    /** Blanks, question marks and slashes would end an address's parameter, or be taken for another. */
    private static String inAddress(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
