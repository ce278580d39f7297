package dev.caravan.rest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** The contract for people: Swagger UI from the class path, with nothing loaded from elsewhere. */
final class SwaggerUi {
    private static final String PREFIX = "/swagger-ui/";
    private static final String POM = "META-INF/maven/org.webjars/swagger-ui/pom.properties";
    // The UI sets style attributes and shows its icons as data; scripts come from here only.
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>Caravan: the API</title>
              <link rel="stylesheet" href="swagger-ui.css">
              <link rel="icon" type="image/png" href="favicon-32x32.png">
            </head>
            <body>
              <div id="swagger-ui"></div>
              <script src="swagger-ui-bundle.js"></script>
              <script src="start.js"></script>
            </body>
            </html>
            """;
    private static final String START = """
            window.ui = SwaggerUIBundle({
              url: "%s",
              dom_id: "#swagger-ui",
              deepLinking: true,
              queryConfigEnabled: false,
              tryItOutEnabled: true,
              validatorUrl: null
            });
            """.formatted(Problems.CONTRACT);

    private record Asset(String mediaType, Buffer content) {}

    private final Map<String, Asset> assets = new HashMap<>();

    private SwaggerUi() {
        String folder = "META-INF/resources/webjars/swagger-ui/" + version() + "/";
        assets.put("", new Asset("text/html; charset=utf-8", Buffer.buffer(PAGE)));
        assets.put("start.js", new Asset("text/javascript; charset=utf-8", Buffer.buffer(START)));
        for (Map.Entry<String, String> file : Map.of(
                        "swagger-ui.css", "text/css; charset=utf-8",
                        "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
                        "favicon-32x32.png", "image/png")
                .entrySet()) {
            assets.put(file.getKey(), new Asset(file.getValue(), Buffer.buffer(read(folder + file.getKey()))));
        }
    }

    static void mount(Router router) {
        SwaggerUi ui = new SwaggerUi();
        router.route(HttpMethod.GET, "/swagger-ui").order(-10).handler(context -> {
            if (context.normalizedPath().equals(PREFIX)) {
                context.next();
            } else {
                redirect(context);
            }
        });
        router.route(HttpMethod.GET, PREFIX + "*").order(-9).handler(ui::serve);
    }

    private static void redirect(RoutingContext context) {
        context.response().setStatusCode(302).putHeader("Location", PREFIX).end();
    }

    private void serve(RoutingContext context) {
        Asset asset = assets.get(context.normalizedPath().substring(PREFIX.length()));
        if (asset == null) {
            context.next();
            return;
        }
        context.response()
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("Content-Type", asset.mediaType())
                .putHeader("Cache-Control", "no-cache")
                .end(asset.content());
    }

    private static String version() {
        Properties pom = new Properties();
        try {
            pom.load(new java.io.StringReader(new String(read(POM), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pom.getProperty("version");
    }

    private static byte[] read(String resource) {
        try (InputStream in = SwaggerUi.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
