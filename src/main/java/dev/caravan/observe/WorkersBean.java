package dev.caravan.observe;

import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;

/** The workers, for a console: to be looked at, not to be changed. Thread-safe. */
@ManagedResource(description = "The threads that copy parts, build indexes and add keys, over all jobs of this process")
public final class WorkersBean {
    private final Workers workers;

    public WorkersBean(Workers workers) {
        this.workers = workers;
    }

    @ManagedAttribute(description = "How many workers there are: caravan.workers")
    public int getSize() {
        return workers.size();
    }

    @ManagedAttribute(description = "How many of them do something")
    public int getBusy() {
        return workers.busy();
    }

    @ManagedAttribute(description = "Units of work that could begin and wait for a worker")
    public int getUnitsWaiting() {
        return workers.waiting().getAsInt();
    }
}
