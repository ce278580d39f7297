package dev.caravan.rest;

import io.vertx.ext.web.Router;

/** Something served on the management port beside health and metrics, behind its front door and guard. */
public interface ManagementPage {
    void mount(Router router);
}
