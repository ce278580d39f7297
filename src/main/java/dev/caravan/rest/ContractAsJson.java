package dev.caravan.rest;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.openapi.OpenApiRestApiProcessorFactory;
import org.apache.camel.spi.RestApiProcessorFactory;
import org.apache.camel.spi.RestConfiguration;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Serves the contract's JSON form, which camel-openapi-java makes of the routes: when it is first asked for, since at every start it would make it, and
 * a YAML form that nobody can ask for. Thread-safe.
 */
public final class ContractAsJson implements RestApiProcessorFactory {
    @Override
    public Processor createApiProcessor(
            CamelContext context, String path, RestConfiguration configuration, Map<String, Object> parameters) {
        return new WhenAsked(context, path, configuration, parameters);
    }

    private static final class WhenAsked implements Processor {
        private final CamelContext context;
        private final String path;
        private final RestConfiguration configuration;
        private final Map<String, Object> parameters;
        private Processor made;

        WhenAsked(CamelContext context, String path, RestConfiguration configuration, Map<String, Object> parameters) {
            this.context = context;
            this.path = path;
            this.configuration = configuration;
            this.parameters = parameters;
        }

        @Override
        public void process(Exchange exchange) throws Exception {
            made().process(exchange);
        }

        private synchronized Processor made() throws Exception {
            if (made == null) {
                Processor making = new OpenApiRestApiProcessorFactory()
                        .createApiProcessor(context, path, configuration, parameters);
                ServiceHelper.startService(making);
                made = making;
            }
            return made;
        }
    }
}
