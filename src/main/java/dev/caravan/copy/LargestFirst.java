package dev.caravan.copy;

import dev.caravan.plan.WorkUnit;
import java.util.Comparator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import org.apache.camel.Exchange;
import org.apache.camel.component.seda.BlockingQueueFactory;

/** The workers' queue: whatever has the most work behind it goes first, so that the critical path begins early. */
public final class LargestFirst implements BlockingQueueFactory<Exchange> {
    private static final int INITIAL_CAPACITY = 64;

    @Override
    public BlockingQueue<Exchange> create() {
        return new PriorityBlockingQueue<>(
                INITIAL_CAPACITY, Comparator.comparingDouble(LargestFirst::work).reversed());
    }

    @Override
    public BlockingQueue<Exchange> create(int capacity) {
        return create();
    }

    private static double work(Exchange exchange) {
        WorkUnit unit = exchange.getMessage().getBody(WorkUnit.class);
        return unit == null ? 0 : unit.work();
    }
}
