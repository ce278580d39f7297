package dev.caravan.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.caravan.job.Json;
import dev.caravan.job.Problem;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** What every request meets first, and every failure last, whatever it is for. */
final class FrontDoor {
    private static final int FIRST = -1000;
    private static final int LAST = Integer.MAX_VALUE;
    private static final Pattern JSON_IN_UTF8 =
            Pattern.compile("application/json\\s*(;\\s*charset=\"?utf-8\"?\\s*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[?::1]?", Pattern.CASE_INSENSITIVE);

    private FrontDoor() {}

    /**
     * @param anyHost whether the service may be addressed by any name: where it listens for others
     * @param started whether every route is there
     */
    static void guard(Router router, boolean anyHost, BooleanSupplier started) {
        router.route().order(FIRST).handler(context -> enter(context, anyHost)).failureHandler(FrontDoor::fail);
        // While the service stops, its routes are taken away one after the other.
        router.route()
                .order(LAST)
                .handler(context ->
                        refuse(context, started.getAsBoolean() ? Problems.ofStatus(404) : Problems.unavailable()));
    }

    /** The same for a server that has no API: only health, metrics and consoles. */
    static void guardAlone(Router router, boolean anyHost) {
        router.route()
                .order(FIRST)
                .handler(context -> enterAlone(context, anyHost))
                .failureHandler(FrontDoor::fail);
        router.route().order(LAST).handler(context -> refuse(context, Problems.ofStatus(404)));
    }

    private static void enterAlone(RoutingContext context, boolean anyHost) {
        harden(context.response());
        if (strange(context.request(), anyHost)) {
            refuse(context, otherHost());
        } else if (fromElsewhere(context.request())) {
            // A browser sends a login that it knows to whatever page asks; other sites' pages are not answered.
            refuse(
                    context,
                    CaravanException.of(
                            ErrorCode.FORBIDDEN,
                            "The request comes from a page of another site.",
                            "Open the management port itself."));
        } else {
            context.next();
        }
    }

    private static boolean fromElsewhere(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        return origin != null && !origin.replaceFirst("^https?://", "").equalsIgnoreCase(request.getHeader("Host"));
    }

    private static boolean strange(HttpServerRequest request, boolean anyHost) {
        return request.authority() == null
                || !anyHost && !LOOPBACK.matcher(request.authority().host()).matches();
    }

    /** A page on the web may resolve its own name to this machine; its requests carry that name. */
    private static CaravanException otherHost() {
        return CaravanException.of(
                ErrorCode.FORBIDDEN,
                "The service answers only to this machine's own names.",
                "Address it as 127.0.0.1 or localhost.");
    }

    private static void enter(RoutingContext context, boolean anyHost) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        harden(response);
        String path = context.normalizedPath();
        if (strange(request, anyHost)) {
            refuse(context, otherHost());
        } else if (path.startsWith(Contract.BASE) && !path.startsWith(Contract.BASE + "/")) {
            // Camel's prefix match would take /api/v1copy-jobs for /api/v1/copy-jobs.
            refuse(context, Problems.ofStatus(404));
        } else if (tooLarge(request)) {
            // The rest of the body is not waited for.
            response.putHeader("Connection", "close");
            refuse(context, Problems.ofStatus(413));
        } else if (hasBody(request) && !readable(request)) {
            refuse(context, Problems.ofStatus(415));
        } else {
            context.next();
        }
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return request.getHeader("Transfer-Encoding") != null
                || length != null && !length.trim().equals("0");
    }

    private static boolean tooLarge(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return length != null && (!length.matches("\\d{1,18}") || Long.parseLong(length) > Contract.MAX_BODY_BYTES);
    }

    private static boolean readable(HttpServerRequest request) {
        String type = request.getHeader("Content-Type");
        String encoding = request.getHeader("Content-Encoding");
        return type != null
                && JSON_IN_UTF8.matcher(type.trim()).matches()
                && (encoding == null || encoding.equalsIgnoreCase("identity"));
    }

    private static void fail(RoutingContext context) {
        int status = context.statusCode();
        if (status >= 400 && status < 500 || context.failure() == null) {
            refuse(context, Problems.ofStatus(status));
        } else {
            send(context, Problems.reply(context.failure()));
        }
    }

    static void refuse(RoutingContext context, CaravanException error) {
        send(context, Problems.reply(Problem.of(error)));
    }

    static void send(RoutingContext context, Reply reply) {
        send(context.request(), reply);
    }

    static void send(HttpServerRequest request, Reply reply) {
        HttpServerResponse response = request.response();
        if (response.headWritten()) {
            response.reset();
            return;
        }
        harden(response);
        reply.headers().forEach(response::putHeader);
        response.setStatusCode(reply.status());
        if (request.method() == HttpMethod.HEAD) {
            response.end();
            return;
        }
        try {
            response.end(Buffer.buffer(Json.MAPPER.writeValueAsBytes(reply.body())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is always JSON", e);
        }
    }

    private static void harden(HttpServerResponse response) {
        response.putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Cache-Control", "no-store")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    }
}
