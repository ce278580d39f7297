package dev.caravan.rest;

import org.apache.camel.component.platform.http.main.ManagementHttpServer;

/** Camel's own server of health, metrics and consoles, with our front door and guard before everything that it serves. */
final class ManagementServer extends ManagementHttpServer {
    /** The name in the registry of who may call; it is bound after this server was made and before it serves anything. */
    static final String ACCESS = "access";

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
