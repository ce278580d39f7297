package dev.caravan.plan;

import java.util.List;

/**
 * Some large objects to copy with their oids, owners, privileges and comments apart.
 *
 * @param jobId the job it belongs to
 * @param oids the objects, at most {@link #MAX_OBJECTS}
 * @param work estimated work
 */
public record LargeObjectBatch(String jobId, List<Long> oids, double work) implements WorkUnit {
    /** Large enough to spare round trips, small enough to spread over the workers. */
    static final int MAX_OBJECTS = 1_000;

    public LargeObjectBatch {
        oids = List.copyOf(oids);
        if (oids.isEmpty() || oids.size() > MAX_OBJECTS) {
            throw new IllegalArgumentException("a batch holds 1 to " + MAX_OBJECTS + " large objects");
        }
    }

    @Override
    public String id() {
        return "large-objects-" + oids.get(0);
    }

    @Override
    public String step() {
        return "load-large-objects";
    }

    @Override
    public String subject() {
        return oids.size() + " large objects";
    }
}
