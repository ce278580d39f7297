package dev.caravan.rest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page for operators, at the root: files that are the same for everybody, from the class path, read once. What they show they ask the public
 * API for, with the key of whoever looks at them.
 */
final class OperationsPage {
    private static final String FOLDER = "ui/";
    private static final String START = "/";
    // Everything comes from here; nothing is written into the page as text, so no exception is needed.
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");
    private static final Set<String> FILES = Set.of(
            "api.js",
            "app.js",
            "create.js",
            "dom.js",
            "format.js",
            "icon.svg",
            "job.js",
            "jobs.js",
            "lists.js",
            "plan.js",
            "preview.js",
            "scan.js",
            "style.css");

    /** Every address of the page. */
    static final Set<String> PATHS = Stream.concat(
                    Stream.of(START), FILES.stream().map(name -> START + FOLDER + name))
            .collect(Collectors.toUnmodifiableSet());

    private final Map<String, Buffer> contents = new TreeMap<>();

    private OperationsPage() {
        contents.put(START, read("index.html"));
        FILES.forEach(name -> contents.put(START + FOLDER + name, read(name)));
    }

    static void mount(Router router) {
        OperationsPage page = new OperationsPage();
        router.route(HttpMethod.GET, START).order(-10).handler(page::serve);
        router.route(HttpMethod.GET, START + FOLDER + "*").order(-10).handler(page::serve);
    }

    private void serve(RoutingContext context) {
        String path = context.request().path();
        Buffer content = contents.get(path);
        if (content == null) {
            context.next();
            return;
        }
        String file = path.equals(START) ? "index.html" : path;
        context.response()
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("Content-Type", MEDIA_TYPES.get(file.substring(file.lastIndexOf('.') + 1)))
                .putHeader("Cache-Control", "no-cache")
                .end(content);
    }

    private static Buffer read(String name) {
        try (InputStream in = OperationsPage.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException(FOLDER + name + " is not on the class path");
            }
            return Buffer.buffer(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
