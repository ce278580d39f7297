package dev.caravan.observe;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Hawtio's console from the class path, and the few answers that its own back end would give: who is logged in (the guard has seen to that), no
 * plugins, no connections to elsewhere. It finds Jolokia beside itself.
 */
public final class HawtioConsole {
    /** Where the console is. */
    public static final String PATH = "/hawtio";

    private static final String FILES = "hawtio-static/";
    private static final Pattern FILE = Pattern.compile("(?:[A-Za-z0-9_@~-]+/){0,6}[A-Za-z0-9_@~.-]+\\.([a-z0-9]+)");
    private static final Map<String, String> MEDIA_TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("gif", "image/gif"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("ttf", "font/ttf"),
            Map.entry("woff", "font/woff"),
            Map.entry("woff2", "font/woff2"));
    /** What its back end answers to one who has logged in and to whom nothing else is offered. */
    private static final Map<String, String> ANSWERS = Map.of(
            "plugin", "[]",
            "preset-connections", "[]",
            "proxy/enabled", "false",
            "keycloak/enabled", "false",
            "keycloak/validate-subject-matches", "false",
            "auth/config/session-timeout", "{}",
            "auth/config/oidc", "{}",
            "auth/config/login", "{}",
            "auth/config/keycloak", "{}");
    // Its stylesheets are written into the page by its scripts, and its workers are made from texts.
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; worker-src 'self' blob:; style-src 'self' 'unsafe-inline';"
                    + " img-src 'self' data:; font-src 'self' data:; connect-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'none';"
                    + " frame-ancestors 'none'";

    private HawtioConsole() {}

    public static void mount(Router router) {
        router.route(HttpMethod.GET, "/").handler(HawtioConsole::redirect);
        router.route(HttpMethod.GET, PATH).handler(context -> {
            if (context.request().path().equals(PATH)) {
                redirect(context);
            } else {
                context.next();
            }
        });
        router.route(HttpMethod.GET, PATH + "/*").handler(HawtioConsole::serve);
    }

    private static void redirect(RoutingContext context) {
        context.response().setStatusCode(302).putHeader("Location", PATH + "/").end();
    }

    private static void serve(RoutingContext context) {
        String path = context.request().path();
        String name = path.length() > PATH.length() ? path.substring(PATH.length() + 1) : "";
        if (name.equals("jolokia") || name.startsWith("jolokia/")) {
            context.next();
        } else if (name.equals("user")) {
            json(context, '"' + context.user().principal().getString("username") + '"');
        } else if (ANSWERS.containsKey(name)) {
            json(context, ANSWERS.get(name));
        } else {
            file(context, name);
        }
    }

    private static void json(RoutingContext context, String body) {
        context.response().putHeader("Content-Type", "application/json").end(body);
    }

    /** What is no file is a page of the console's own, which its scripts draw. */
    private static void file(RoutingContext context, String name) {
        boolean page = !FILE.matcher(name).matches();
        String file = page ? "index.html" : name;
        Optional<String> type = Optional.ofNullable(MEDIA_TYPES.get(file.substring(file.lastIndexOf('.') + 1)));
        if (type.isEmpty()) {
            context.next();
            return;
        }
        context.vertx().executeBlocking(() -> read(FILES + file), false).onComplete(read -> {
            if (read.succeeded() && read.result().isPresent()) {
                context.response()
                        .putHeader("Content-Type", type.get())
                        .putHeader("Content-Security-Policy", POLICY)
                        // The names of its scripts change with their content; all else is small.
                        .putHeader("Cache-Control", file.startsWith("static/") ? "private, max-age=86400" : "no-cache")
                        .end(read.result().get());
            } else {
                context.next();
            }
        });
    }

    private static Optional<Buffer> read(String resource) throws IOException {
        try (InputStream in = HawtioConsole.class.getClassLoader().getResourceAsStream(resource)) {
            return in == null ? Optional.empty() : Optional.of(Buffer.buffer(in.readAllBytes()));
        }
    }
}
