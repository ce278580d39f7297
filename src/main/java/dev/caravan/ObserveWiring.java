package dev.caravan;

import dev.caravan.copy.WorkBoards;
import dev.caravan.job.RunningJobs;
import dev.caravan.job.Store;
import dev.caravan.observe.JobMeters;
import dev.caravan.observe.JobsBean;
import dev.caravan.observe.PartsBean;
import dev.caravan.observe.Pool;
import dev.caravan.observe.PoolsBean;
import dev.caravan.observe.SharedBeanInfos;
import dev.caravan.observe.StoreHealth;
import dev.caravan.observe.UnitInHand;
import dev.caravan.observe.WorkMeters;
import dev.caravan.observe.Workers;
import dev.caravan.observe.WorkersBean;
import dev.caravan.observe.WorkersHealth;
import dev.caravan.source.SourceJobs;
import dev.caravan.target.TargetJobs;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import java.time.Clock;
import java.util.List;
import java.util.Map;
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
    /** A fixed few, so that nothing grows with the jobs: by their type among the JVM's beans, what they are in the registry. */
    private static final Map<String, Class<?>> BEANS = Map.of(
            "Jobs", JobsBean.class, "Parts", PartsBean.class, "Workers", WorkersBean.class, "Pools", PoolsBean.class);

    private ObserveWiring() {}

    static void bind(
            CamelContext context,
            Store store,
            RunningJobs runningJobs,
            WorkBoards workBoards,
            int workers,
            SourceJobs sourceJobs,
            TargetJobs targetJobs,
            Clock clock) {
        context.getCamelContextExtension().setManagementMBeanAssembler(new SharedBeanInfos(context));
        Registry registry = context.getRegistry();
        Workers all = new Workers(workers, () -> inHand(workBoards), workBoards::waiting);
        List<Pool> pools = List.of(
                new Pool("source", sourceJobs::sessionsOpen, sourceJobs::sessionsInUse),
                new Pool("target", targetJobs::sessionsOpen, targetJobs::sessionsInUse),
                new Pool("store", store::sessionsOpen, store::sessionsInUse));
        JobMeters jobMeters = new JobMeters(store.jobs(), runningJobs, clock);
        registry.bind("jobMeters", jobMeters);
        registry.bind("storeHealth", new StoreHealth(jobMeters::storeAnsweredAt, clock));
        registry.bind("workersHealth", new WorkersHealth(List.of("claim-job", "copy-job", "worker")));
        registry.bind("workMeters", new WorkMeters(all, pools));
        registry.bind("jobsBean", new JobsBean(runningJobs));
        registry.bind("partsBean", new PartsBean(all, clock));
        registry.bind("workersBean", new WorkersBean(all));
        registry.bind("poolsBean", new PoolsBean(pools));
    }

    private static List<UnitInHand> inHand(WorkBoards workBoards) {
        return workBoards.inHand().stream()
                .map(it -> new UnitInHand(
                        it.unit().jobId(), it.unit().step(), it.unit().subject(), it.since()))
                .toList();
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
                    for (String type : BEANS.keySet()) {
                        if (agent != null && agent.isRegistered(name(type))) {
                            agent.unregister(name(type));
                        }
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
            registry.findSingleByType(WorkMeters.class).showIn(meters);
            new JvmMemoryMetrics().bindTo(meters);
        }
        ManagementAgent agent = agent(context);
        for (Map.Entry<String, Class<?>> bean : BEANS.entrySet()) {
            // Several services in one JVM, as tests have them, would get in each other's way.
            if (agent != null && !agent.isRegistered(name(bean.getKey()))) {
                agent.register(registry.findSingleByType(bean.getValue()), name(bean.getKey()));
            }
        }
    }

    private static ManagementAgent agent(CamelContext context) {
        return context.getManagementStrategy().getManagementAgent();
    }

    private static ObjectName name(String type) throws MalformedObjectNameException {
        return new ObjectName("dev.caravan:type=" + type);
    }
}
