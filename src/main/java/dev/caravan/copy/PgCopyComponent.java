package dev.caravan.copy;

import dev.caravan.plan.Part;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/**
 * The two ends of COPY as endpoints, so that they show in the route's diagram and in JMX: {@code pgcopy:out} turns a part into
 * its batches, {@code pgcopy:in} writes one batch.
 */
public final class PgCopyComponent extends DefaultComponent {
    private final PartLoads loads;

    public PgCopyComponent(PartLoads loads) {
        this.loads = loads;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return switch (remaining) {
            case "out" ->
                new End(uri, this, exchange -> exchange.getMessage()
                        .setBody(loads.batches(exchange.getMessage().getBody(Part.class))));
            case "in" ->
                new End(uri, this, exchange -> loads.write(exchange.getMessage().getBody(RowBatch.class)));
            default -> throw new IllegalArgumentException("pgcopy:out or pgcopy:in, not pgcopy:" + remaining);
        };
    }

    private static final class End extends DefaultEndpoint {
        private final Processor work;

        End(String uri, PgCopyComponent component, Processor work) {
            super(uri, component);
            this.work = work;
        }

        @Override
        public Producer createProducer() {
            return new DefaultProducer(this) {
                @Override
                public void process(Exchange exchange) throws Exception {
                    work.process(exchange);
                }
            };
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            throw new UnsupportedOperationException("a COPY begins with a part, not by itself");
        }
    }
}
