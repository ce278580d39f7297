package dev.caravan.rest;

import dev.caravan.job.Problem;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Stands behind the front door of either server and lets nobody pass who has not said who they are, and nobody do what they may not. A path is
 * taken as it was sent: one that means another after decoding or tidying up is none of ours.
 */
final class Guard {
    /** Under this name the caller travels with the request. */
    static final String CALLER = "caller";

    private static final int SECOND = -999;
    /** What a browser must have before it can send a key: files that are the same for everybody. */
    private static final Set<String> OPEN = Set.of(
            "/swagger-ui",
            "/swagger-ui/",
            "/swagger-ui/start.js",
            "/swagger-ui/swagger-ui.css",
            "/swagger-ui/swagger-ui-bundle.js",
            "/swagger-ui/favicon-32x32.png",
            Contract.BASE + "/openapi.yaml",
            Contract.BASE + "/openapi.json");
    /** What a load balancer asks, which has no key. */
    private static final Set<String> HEALTH = Set.of("/observe/health/live", "/observe/health/ready");

    private final Access access;
    private final Operations operations = Operations.ofContract();

    private final Optional<Audit> audit;

    private Guard(Access access, Optional<Audit> audit) {
        this.access = access;
        this.audit = audit;
    }

    static void api(Router router, Access access, Audit audit) {
        router.route().order(SECOND).handler(new Guard(access, Optional.of(audit))::api);
    }

    static void management(Router router, Access access) {
        router.route().order(SECOND).handler(new Guard(access, Optional.empty())::management);
    }

    private void api(RoutingContext context) {
        String path = context.request().path();
        if (!path.equals(context.normalizedPath())) {
            FrontDoor.refuse(context, Problems.ofStatus(404));
        } else if (reads(context.request()) && open(path)) {
            context.next();
        } else {
            Optional<Caller> caller = access.caller(context.request(), false);
            if (caller.isEmpty()) {
                unauthorized(context, "Bearer realm=\"caravan\"");
            } else {
                admit(context, caller.get(), operations.at(path));
            }
        }
    }

    private static boolean open(String path) {
        return OPEN.contains(path) || OperationsPage.PATHS.contains(path);
    }

    private void admit(RoutingContext context, Caller caller, List<Operations.Operation> here) {
        String method =
                reads(context.request()) ? "GET" : context.request().method().name();
        Optional<Operations.Operation> operation =
                here.stream().filter(it -> it.method().equals(method)).findFirst();
        if (here.isEmpty() && !open(context.request().path())) {
            FrontDoor.refuse(context, Problems.ofStatus(404));
            return;
        }
        try {
            // Without an operation there is another method at this path: the routes answer with 405.
            operation.ifPresent(it -> caller.require(it.right()
                    .orElseThrow(() -> CaravanException.of(
                            ErrorCode.FORBIDDEN, "Nobody has decided who may do this.", "Report this as a defect."))));
        } catch (CaravanException e) {
            operation.ifPresent(it -> refused(context, caller, it));
            FrontDoor.refuse(context, e);
            return;
        }
        pass(context, caller);
    }

    /** What somebody was not allowed to change is kept in mind as what they changed is. */
    private void refused(RoutingContext context, Caller caller, Operations.Operation operation) {
        String from = remote(context.request());
        String path = context.request().path();
        // The store is asked on a thread of its own: this one serves everybody.
        context.vertx()
                .executeBlocking(
                        () -> {
                            audit.ifPresent(it ->
                                    it.record(caller, from, operation.id(), path, 403, "", ErrorCode.FORBIDDEN.code()));
                            return null;
                        },
                        false);
    }

    private void management(RoutingContext context) {
        String path = context.request().path();
        if (!path.equals(context.normalizedPath())) {
            FrontDoor.refuse(context, Problems.ofStatus(404));
        } else if (reads(context.request()) && HEALTH.contains(path)) {
            context.next();
        } else {
            Optional<Caller> caller = access.caller(context.request(), true);
            if (caller.isEmpty()) {
                unauthorized(context, "Basic realm=\"caravan: any name, the key as password\", charset=\"UTF-8\"");
            } else if (!caller.get().may(Right.READ)) {
                FrontDoor.refuse(context, Problems.ofStatus(404));
            } else {
                pass(context, caller.get());
            }
        }
    }

    private static void pass(RoutingContext context, Caller caller) {
        User user = User.create(new JsonObject().put("username", caller.name()));
        user.attributes().put(CALLER, caller);
        context.setUser(user);
        context.next();
    }

    /** The same answer whatever was wrong with the key. */
    private static void unauthorized(RoutingContext context, String challenge) {
        CaravanException error = CaravanException.of(
                ErrorCode.UNAUTHORIZED,
                "This address needs an API key.",
                "Send it as X-API-Key or as Authorization: Bearer. The operator makes one with ./caravan key new.");
        FrontDoor.send(context, Problems.reply(Problem.of(error)).with("WWW-Authenticate", challenge));
    }

    /** Where a request comes from, as the connection says. */
    static String remote(HttpServerRequest request) {
        return request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress();
    }

    private static boolean reads(HttpServerRequest request) {
        String method = request.method().name();
        return method.equals("GET") || method.equals("HEAD");
    }
}
