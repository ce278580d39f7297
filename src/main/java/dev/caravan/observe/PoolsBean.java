package dev.caravan.observe;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;

/** The sessions of this process on servers, for a console: to be looked at, not to be changed. Thread-safe. */
@ManagedResource(description = "The database sessions of this process: on sources, on targets, on the job store")
public final class PoolsBean {
    private final List<Pool> pools;

    public PoolsBean(List<Pool> pools) {
        this.pools = List.copyOf(pools);
    }

    @ManagedAttribute(description = "Sessions that are open, by the kind of server")
    public Map<String, Integer> getOpen() {
        return counts(Pool::open);
    }

    @ManagedAttribute(description = "Sessions that are in use, by the kind of server")
    public Map<String, Integer> getInUse() {
        return counts(Pool::inUse);
    }

    private Map<String, Integer> counts(java.util.function.Function<Pool, IntSupplier> of) {
        Map<String, Integer> counts = new TreeMap<>();
        pools.forEach(pool -> counts.put(pool.name(), of.apply(pool).getAsInt()));
        return counts;
    }
}
