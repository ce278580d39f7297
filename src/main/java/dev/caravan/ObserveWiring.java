package dev.caravan;

import dev.caravan.job.JobStore;
import dev.caravan.job.RunningJobs;
import dev.caravan.observe.JobMeters;
import dev.caravan.observe.RunningJobsBean;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import java.time.Clock;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.ManagementAgent;
import org.apache.camel.spi.Registry;

/** What operators see of jobs: meters, and beans for the console. */
final class ObserveWiring {
    private ObserveWiring() {}

    static void bind(Registry registry, JobStore store, RunningJobs runningJobs, Clock clock) {
        registry.bind("jobMeters", new JobMeters(store, runningJobs, clock));
        registry.bind("runningJobsBean", new RunningJobsBean(runningJobs));
    }

    /** Shows them when there is something to show them in. */
    static void addTo(Main main) {
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport service) {
                try {
                    service.getCamelContext().addStartupListener((started, already) -> show(started));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public void beforeStop(BaseMainSupport service) {
                ManagementAgent agent = agent(service.getCamelContext());
                try {
                    if (agent != null && agent.isRegistered(name())) {
                        agent.unregister(name());
                    }
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        });
    }

    private static void show(CamelContext context) throws Exception {
        Registry registry = context.getRegistry();
        MeterRegistry meters = registry.findSingleByType(MeterRegistry.class);
        if (meters != null) {
            registry.findSingleByType(JobMeters.class).showIn(meters);
            new JvmMemoryMetrics().bindTo(meters);
        }
        ManagementAgent agent = agent(context);
        // Several services in one JVM, as tests have them, would get in each other's way.
        if (agent != null && !agent.isRegistered(name())) {
            agent.register(registry.findSingleByType(RunningJobsBean.class), name());
        }
    }

    private static ManagementAgent agent(CamelContext context) {
        return context.getManagementStrategy().getManagementAgent();
    }

    private static ObjectName name() throws MalformedObjectNameException {
        return new ObjectName(RunningJobsBean.NAME);
    }
}
