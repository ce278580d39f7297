package dev.caravan.rest;

import org.apache.camel.CamelContext;
import org.apache.camel.Service;
import org.apache.camel.component.platform.http.main.MainHttpServer;
import org.apache.camel.main.HttpManagementServerConfigurationProperties;
import org.apache.camel.main.HttpServerConfigurationProperties;
import org.apache.camel.main.MainHttpServerFactory;
import org.apache.camel.support.service.ServiceHelper;

/** Makes the service's two HTTP servers. Bound in the registry by its type. */
public final class HttpServers implements MainHttpServerFactory {
    @Override
    public Service newHttpServer(CamelContext context, HttpServerConfigurationProperties properties) {
        MainHttpServer server = new Server();
        server.setCamelContext(context);
        server.setHost(properties.getHost());
        server.setPort(properties.getPort());
        server.setPath("/");
        server.setMaxBodySize(Contract.MAX_BODY_BYTES);
        server.setFileUploadEnabled(false);
        return server;
    }

    @Override
    public Service newHttpManagementServer(
            CamelContext context, HttpManagementServerConfigurationProperties properties) {
        ManagementServer server = new ManagementServer();
        server.setCamelContext(context);
        server.setHost(properties.getHost());
        server.setPort(properties.getPort());
        server.setPath(properties.getPath());
        server.setMaxBodySize(Contract.MAX_BODY_BYTES);
        server.setInfoEnabled(properties.isInfoEnabled());
        server.setInfoPath(properties.getInfoPath());
        server.setHealthCheckEnabled(properties.isHealthCheckEnabled());
        server.setHealthPath(properties.getHealthPath());
        server.setMetricsEnabled(properties.isMetricsEnabled());
        server.setJolokiaEnabled(properties.isJolokiaEnabled());
        server.setJolokiaPath(properties.getJolokiaPath());
        return server;
    }

    /** Held here and not by the context: Camel's management server would take the first server that the context has for its own. */
    private static final class Server extends MainHttpServer {
        private StrictServer server;

        @Override
        protected void doInit() throws Exception {
            server = new StrictServer(getConfiguration(), "The API", "camel.server.port", this::answers);
            server.setCamelContext(getCamelContext());
            ServiceHelper.initService(server);
        }

        @Override
        protected void doStart() throws Exception {
            ServiceHelper.startService(server);
            super.doStart();
        }

        /** The port is open before the routes are there: until then a caller would be told that there is no such address. */
        private boolean answers() {
            return getCamelContext().isStarted() || getCamelContext().isStopping();
        }

        @Override
        protected void doStop() throws Exception {
            ServiceHelper.stopAndShutdownService(server);
        }
    }
}
