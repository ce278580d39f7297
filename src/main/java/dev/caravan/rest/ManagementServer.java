package dev.caravan.rest;

import org.apache.camel.component.platform.http.main.ManagementHttpServer;

/** Camel's health, metrics and consoles, on a server of ours, with our front door and guard before everything that it serves. */
final class ManagementServer extends ManagementHttpServer {
    /** The name in the registry of who may call; it is bound after this server was made and before it serves anything. */
    static final String ACCESS = "access";

    @Override
    protected void doInit() throws Exception {
        // Camel's own would be made if the context had none of this port.
        getCamelContext()
                .addService(new StrictServer(
                        getConfiguration(), "The management port", "camel.management.port", () -> true));
        super.doInit();
    }

    /** Called before the first of them is there. */
    @Override
    protected void setupConsoles() {
        Access access = getCamelContext().getRegistry().lookupByNameAndType(ACCESS, Access.class);
        FrontDoor.guardAlone(getRouter(), access.anyHost());
        Guard.management(getRouter(), access);
        getCamelContext().getRegistry().findByType(ManagementPage.class).forEach(page -> page.mount(getRouter()));
        super.setupConsoles();
    }
}
