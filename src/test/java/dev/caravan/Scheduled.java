package dev.caravan;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** What the tests of schedules and webhooks share. Their jobs mostly fail at once, since nobody listens at the connections' port. */
final class Scheduled {
    static final String REQUEST = "{\"source\": \"gone\", \"target\": \"gone-too\"}";

    private Scheduled() {}

    static ServiceUnderTest.Configuration configuration(Path folder) {
        return connection(
                        connection(new ServiceUnderTest.Configuration(folder), "gone", "source", 1),
                        "gone-too",
                        "target",
                        1)
                // Two services in one process need two names for their clocks.
                .with("camel.main.name", "caravan-" + System.nanoTime())
                .with("caravan.schedules.period", "500")
                .with("caravan.webhooks.period", "100")
                .with("caravan.claim.period", "200");
    }

    static ServiceUnderTest.Configuration connection(
            ServiceUnderTest.Configuration configuration, String name, String role, int port) {
        String prefix = "caravan.connection." + name + ".";
        return configuration
                .with(prefix + "url", "jdbc:postgresql://127.0.0.1:" + port + "/" + name)
                .with(prefix + "role", role)
                .with(prefix + "username", "nobody");
    }

    static ServiceUnderTest.Configuration schedule(
            ServiceUnderTest.Configuration configuration, String name, String cron, String request) {
        return configuration
                .with("caravan.schedule." + name + ".cron", cron)
                .with("caravan.schedule." + name + ".request", request);
    }

    static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(100));
    }

    /** The schedule as the API shows it. */
    static JsonNode schedule(ServiceUnderTest service, String name) {
        return StreamSupport.stream(
                        service.call("GET", "/api/v1/schedules", null)
                                .get("items")
                                .spliterator(),
                        false)
                .filter(schedule -> schedule.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** How many messages a route has taken since its service started. */
    static long taken(ServiceUnderTest.Configuration configuration, String route) {
        Matcher line = Pattern.compile("(?m)^camel_exchanges_total\\{[^}]*routeId=\"" + route + "\"[^}]*} ([0-9.E]+)")
                .matcher(metrics(configuration));
        return line.find() ? (long) Double.parseDouble(line.group(1)) : 0;
    }

    static String metrics(ServiceUnderTest.Configuration configuration) {
        URI address = URI.create(
                "http://127.0.0.1:" + configuration.properties().get("camel.management.port") + "/observe/metrics");
        try {
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(
                            HttpRequest.newBuilder(address)
                                    .header("X-API-Key", TestKeys.VIEWER)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A cron expression for this minute of every day. */
    static String daily(ZonedDateTime time) {
        return time.withZoneSameInstant(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("s m H * * '?'"));
    }

    /** A number out of a store that no service has open, or that is on a server. */
    static long number(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Changes a store that no service has open. */
    static void change(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
