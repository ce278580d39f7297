package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.Trials.Trial;
import dev.caravan.servers.TestServer;
import dev.caravan.servers.TestServers;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netcrusher.core.reactor.NioReactor;
import org.netcrusher.core.throttle.DelayThrottler;
import org.netcrusher.core.throttle.Throttler;
import org.netcrusher.core.throttle.rate.ByteRateThrottler;
import org.netcrusher.tcp.TcpCrusher;
import org.netcrusher.tcp.TcpCrusherBuilder;

/** The network between us and the servers breaks in each phase, for a moment or for good, or is slow. */
class NetworkIT {
    /** On a staging database each row, each index entry and each check takes its time; on the source nothing does. */
    private static final String SLOW = """
            CREATE FUNCTION public.slow(word text, seconds float8) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
            BEGIN
              IF pg_catalog.current_database() LIKE '%\\_caravan\\_%' THEN PERFORM pg_catalog.pg_sleep(seconds); END IF;
              RETURN true;
            END $$;
            CREATE TABLE item (id int PRIMARY KEY, word text CHECK (public.slow(word, 0.02)));
            INSERT INTO item SELECT i, repeat(md5(i::text), 20) FROM generate_series(1, 120) i;
            CREATE INDEX slowly ON item (public.slow(word, 0.02));
            CREATE TABLE part (id int PRIMARY KEY, item_id int REFERENCES item);
            INSERT INTO part SELECT i, i FROM generate_series(1, 120) i;
            """;

    private static final String CONTENT = "SELECT md5(string_agg(t::text, ',' ORDER BY id)) FROM item t";

    @TempDir
    static Path folder;

    private static NioReactor reactor;
    private static TcpCrusher toSource;
    private static TcpCrusher toTarget;
    private static Trials trials;
    private static final Map<String, Trial> CASES = new HashMap<>();
    private static Trial delayed;

    @BeforeAll
    static void start() throws IOException {
        reactor = new NioReactor();
        toSource = proxy(TestServers.source(), null);
        toTarget = proxy(TestServers.target(), null);
        trials = new Trials(folder)
                .with("caravan.jobs.retryPause", "1s")
                .with("caravan.jobs.attempts", "2")
                .with("caravan.repair.period", "1s");
        for (String name : List.of("once1", "once2", "once3", "gone1", "gone2", "away")) {
            CASES.put(name, trials.add(name, SLOW));
            behind(CASES.get(name), toSource, toTarget);
        }
        delayed = trials.add("delayed", SLOW.replace("0.02", "0.0001"));
        behind(
                delayed,
                proxy(TestServers.source(), new DelayThrottler(15, TimeUnit.MILLISECONDS)),
                proxy(TestServers.target(), new ByteRateThrottler(400_000, 1, TimeUnit.SECONDS)));
        trials.start();
    }

    @AfterAll
    static void stop() {
        trials.close();
        reactor.close();
    }

    private static TcpCrusher proxy(TestServer server, Throttler throttler) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        TcpCrusherBuilder builder = TcpCrusherBuilder.builder()
                .withReactor(reactor)
                .withBindAddress("127.0.0.1", port)
                .withConnectAddress("127.0.0.1", server.port())
                // A cut is a reset: nobody says goodbye.
                .withLingerMs(0);
        if (throttler != null) {
            builder.withIncomingThrottlerFactory(address -> throttler)
                    .withOutgoingThrottlerFactory(address -> throttler);
        }
        return builder.buildAndOpen();
    }

    private static void behind(Trial trial, TcpCrusher source, TcpCrusher target) {
        trials.with(
                        "caravan.connection.from-" + trial.name() + ".url",
                        through(source, trial.source().name()))
                .with(
                        "caravan.connection.to-" + trial.name() + ".url",
                        through(target, trial.target().name()));
    }

    private static String through(TcpCrusher proxy, String database) {
        return "jdbc:postgresql://127.0.0.1:" + proxy.getBindAddress().getPort() + "/" + database;
    }

    /** Starts a job and returns when a session of it does this on the target. */
    private static String until(Trial trial, String doing) {
        String id = trials.service().create(trial.request());
        Trials.awaitSession(TestServers.target(), id, "state = 'active' AND query ~* '" + doing + "'");
        return id;
    }

    @ParameterizedTest
    @CsvSource({"once1,source,^copy", "once2,target,^copy", "once3,target,create.*index"})
    void aMomentWithoutNetworkCostsAnAttemptAndNothingElse(String name, String side, String doing) {
        Trial trial = CASES.get(name);
        String id = until(trial, doing);
        (side.equals("source") ? toSource : toTarget).closeAllPairs();
        JsonNode job = trials.service().end(id);
        assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
        assertTrue(job.path("attempt").asInt() <= 2, job::toString);
        assertEquals(trial.source().text(CONTENT), trial.target().text(CONTENT));
        trials.assertNothingLeft();
    }

    @Test
    void aSourceThatIsGoneAfterItsLastRowIsNotMissed() {
        Trial trial = CASES.get("gone2");
        String id = until(trial, "create.*index");
        toSource.close();
        try {
            JsonNode job = trials.service().end(id);
            assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
        } finally {
            toSource.open();
        }
        assertEquals(trial.source().text(CONTENT), trial.target().text(CONTENT));
        trials.assertNothingLeft();
    }

    @Test
    void aSourceThatIsGoneForGoodFailsTheJobAndTheTargetStays() {
        Trial trial = CASES.get("gone1");
        String id = until(trial, "^copy");
        toSource.close();
        try {
            JsonNode job = trials.service().end(id);
            assertEquals("FAILED", job.path("state").asText(), job::toString);
            assertEquals(
                    "connection-unreachable", job.path("error").path("code").asText(), job::toString);
            trials.assertNothingHappened(trial);
        } finally {
            toSource.open();
        }
    }

    @Test
    void aTargetThatIsGoneForGoodIsTidiedUpWhenItIsBack() {
        Trial trial = CASES.get("away");
        String id = until(trial, "^copy");
        toTarget.close();
        JsonNode job;
        try {
            job = trials.service().end(id);
        } finally {
            toTarget.open();
        }
        assertEquals("FAILED", job.path("state").asText(), job::toString);
        Awaitility.await("the staging database is dropped")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> trials.assertNothingHappened(trial));
    }

    @Test
    void aSlowNetworkOnlyTakesLonger() {
        JsonNode job = trials.service().copy(delayed.request("\"verify\":\"CONTENT\""));
        assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
        assertEquals(1, job.path("attempt").asInt(), job::toString);
        assertEquals(delayed.source().text(CONTENT), delayed.target().text(CONTENT));
    }
}
