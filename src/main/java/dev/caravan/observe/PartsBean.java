package dev.caravan.observe;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;

/** What the workers have in hand, for a console: to be looked at, not to be changed. Thread-safe. */
@ManagedResource(description = "The parts, indexes and keys that are being worked on in this process")
public final class PartsBean {
    private final Workers workers;
    private final Clock clock;

    public PartsBean(Workers workers, Clock clock) {
        this.workers = workers;
        this.clock = clock;
    }

    @ManagedAttribute(description = "How many are being worked on")
    public int getCount() {
        return workers.busy();
    }

    @ManagedAttribute(
            description =
                    "Each with its job, the route that does it, its table, index or key, and for how many seconds; longest first")
    public List<Map<String, String>> getCurrent() {
        return workers.inHand().get().stream().map(this::facts).toList();
    }

    private Map<String, String> facts(UnitInHand unit) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("job", unit.job());
        facts.put("step", unit.step());
        facts.put("subject", unit.subject());
        facts.put(
                "seconds",
                String.valueOf(Duration.between(unit.since(), clock.instant()).toSeconds()));
        return facts;
    }
}
