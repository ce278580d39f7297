package dev.caravan.observe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.IntSupplier;

/** What is measured of the means of this process: its workers, and its sessions on servers. Thread-safe. */
public final class WorkMeters {
    private final Workers workers;
    private final List<Pool> pools;

    public WorkMeters(Workers workers, List<Pool> pools) {
        this.workers = workers;
        this.pools = List.copyOf(pools);
    }

    /** Shows them; to be called once. */
    public void showIn(MeterRegistry registry) {
        workers(registry, "busy", workers::busy);
        workers(registry, "idle", () -> Math.max(0, workers.size() - workers.busy()));
        Gauge.builder("caravan.units.waiting", workers.waiting(), IntSupplier::getAsInt)
                .description("Units of work that could begin and wait for a worker")
                .strongReference(true)
                .register(registry);
        for (Pool pool : pools) {
            connections(registry, pool, "used", pool.inUse());
            connections(
                    registry,
                    pool,
                    "idle",
                    () -> Math.max(0, pool.open().getAsInt() - pool.inUse().getAsInt()));
        }
    }

    private static void workers(MeterRegistry registry, String state, IntSupplier count) {
        Gauge.builder("caravan.workers", count, IntSupplier::getAsInt)
                .description("Workers of this process, by whether they do something")
                .tag("state", state)
                .strongReference(true)
                .register(registry);
    }

    private static void connections(MeterRegistry registry, Pool pool, String state, IntSupplier count) {
        Gauge.builder("caravan.connections", count, IntSupplier::getAsInt)
                .description("Database sessions of this process, by the kind of server and whether they are in use")
                .tag("pool", pool.name())
                .tag("state", state)
                .strongReference(true)
                .register(registry);
    }
}
