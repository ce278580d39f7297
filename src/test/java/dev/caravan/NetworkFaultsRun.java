package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.Trials.Trial;
import dev.caravan.job.Phase;
import dev.caravan.servers.TestServer;
import dev.caravan.servers.TestServers;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.netcrusher.core.reactor.NioReactor;
import org.netcrusher.core.throttle.Throttler;
import org.netcrusher.tcp.TcpCrusher;
import org.netcrusher.tcp.TcpCrusherBuilder;

/**
 * Every kind of fault of the network in every phase, towards either server. A long run: its name keeps it out of the suite, and {@code
 * -Dfaults=RESET,CLOSE} takes some kinds only.
 */
class NetworkFaultsRun {
    enum Fault {
        /** Connections are reset. */
        RESET,
        /** Connections are closed as if the other side had said goodbye. */
        CLOSE,
        /** Connections are reset, and for a while none can be made. */
        OUTAGE,
        /** Connections are reset, and none can be made until the job has ended. */
        GONE,
        /** Nothing passes for a while. */
        PAUSE,
        /** Nothing passes any more, and nobody says so. */
        SILENCE,
        /** Everything passes late. */
        LATENCY,
        /** Everything passes slowly. */
        TRICKLE
    }

    enum Side {
        SOURCE,
        TARGET
    }

    private static final Set<Fault> ONLY_SLOWER = EnumSet.of(Fault.PAUSE, Fault.LATENCY, Fault.TRICKLE);
    private static final Set<Phase> PHASES =
            EnumSet.of(Phase.PLAN, Phase.SCHEMA, Phase.COPY, Phase.INDEX, Phase.CONSTRAINT, Phase.VERIFY);
    private static final Duration AT_MOST = Duration.ofSeconds(60);

    /** On a staging database each row and each index entry takes its time; on the source nothing does. */
    private static final String SLOW = """
            CREATE FUNCTION public.slow(word text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
            BEGIN
              IF pg_catalog.current_database() LIKE '%\\_caravan\\_%' THEN PERFORM pg_catalog.pg_sleep(0.005); END IF;
              RETURN true;
            END $$;
            CREATE TABLE item (id int PRIMARY KEY, word text CHECK (public.slow(word)));
            INSERT INTO item SELECT i, repeat(md5(i::text), 20) FROM generate_series(1, 120) i;
            CREATE INDEX slowly ON item (public.slow(word));
            CREATE TABLE part (id int PRIMARY KEY, item_id int REFERENCES item);
            INSERT INTO part SELECT i, i FROM generate_series(1, 120) i;
            """;

    private static final String CONTENT = "SELECT md5(string_agg(t::text, ',' ORDER BY id)) FROM item t";
    private static final String IDENTITY = "SELECT oid FROM pg_database WHERE datname = current_database()";

    @TempDir
    static Path folder;

    private static NioReactor reactor;
    private static final Map<Side, Wire> WIRES = new EnumMap<>(Side.class);
    private static final Map<String, Integer> OUTCOMES = new TreeMap<>();
    private static Trials trials;
    private static Trial resetting;
    private static Trial closing;

    /** The way to one server: two proxies, of which one resets what it closes and the other does not, and how slow both are. */
    private static final class Wire {
        private volatile long nanosPerChunk;
        private volatile long nanosPerByte;
        final TcpCrusher resetting;
        final TcpCrusher closing;

        Wire(TestServer server) throws IOException {
            resetting = proxy(server).withLingerMs(0).buildAndOpen();
            closing = proxy(server).buildAndOpen();
        }

        private TcpCrusherBuilder proxy(TestServer server) throws IOException {
            int port;
            try (ServerSocket socket = new ServerSocket(0)) {
                port = socket.getLocalPort();
            }
            Throttler throttler = this::delay;
            return TcpCrusherBuilder.builder()
                    .withReactor(reactor)
                    .withBindAddress("127.0.0.1", port)
                    .withConnectAddress("127.0.0.1", server.port())
                    .withIncomingThrottlerFactory(address -> throttler)
                    .withOutgoingThrottlerFactory(address -> throttler);
        }

        private long delay(ByteBuffer chunk) {
            return nanosPerChunk + nanosPerByte * chunk.remaining();
        }

        void begin(Fault fault) {
            switch (fault) {
                case RESET -> resetting.closeAllPairs();
                case CLOSE -> closing.closeAllPairs();
                case OUTAGE, GONE -> resetting.close();
                case PAUSE, SILENCE -> resetting.freeze();
                case LATENCY -> nanosPerChunk = TimeUnit.MILLISECONDS.toNanos(20);
                case TRICKLE -> nanosPerByte = TimeUnit.SECONDS.toNanos(1) / 100_000;
            }
        }

        void end() {
            nanosPerChunk = 0;
            nanosPerByte = 0;
            if (!resetting.isOpen()) {
                resetting.open();
            }
            if (resetting.isFrozen()) {
                resetting.unfreeze();
            }
        }
    }

    @BeforeAll
    static void start() throws IOException {
        reactor = new NioReactor();
        WIRES.put(Side.SOURCE, new Wire(TestServers.source()));
        WIRES.put(Side.TARGET, new Wire(TestServers.target()));
        trials = new Trials(folder)
                .with("caravan.jobs.retryPause", "1s")
                .with("caravan.jobs.attempts", "2")
                .with("caravan.repair.period", "1s");
        resetting = trials.add("resetting", SLOW);
        closing = trials.add("closing", SLOW);
        through(resetting, WIRES.get(Side.SOURCE).resetting, WIRES.get(Side.TARGET).resetting);
        through(closing, WIRES.get(Side.SOURCE).closing, WIRES.get(Side.TARGET).closing);
        trials.start();
    }

    private static void through(Trial trial, TcpCrusher source, TcpCrusher target) {
        trials.with(
                        "caravan.connection.from-" + trial.name() + ".url",
                        address(source, trial.source().name()))
                .with(
                        "caravan.connection.to-" + trial.name() + ".url",
                        address(target, trial.target().name()));
        for (String connection : new String[] {"from-", "to-"}) {
            trials.with("caravan.connection." + connection + trial.name() + ".socketTimeout", "5s")
                    .with("caravan.connection." + connection + trial.name() + ".connectTimeout", "2s");
        }
    }

    private static String address(TcpCrusher proxy, String database) {
        return "jdbc:postgresql://127.0.0.1:" + proxy.getBindAddress().getPort() + "/" + database;
    }

    @AfterAll
    static void stop() {
        OUTCOMES.forEach((outcome, cases) -> System.out.println(outcome + ": " + cases));
        trials.close();
        reactor.close();
    }

    static Stream<Arguments> cases() {
        String chosen = System.getProperty("faults", "");
        Stream<Fault> faults = chosen.isEmpty()
                ? Stream.of(Fault.values())
                : Stream.of(chosen.split(",", -1)).map(Fault::valueOf);
        return faults.flatMap(fault -> PHASES.stream()
                .flatMap(phase -> Stream.of(Side.values()).map(side -> Arguments.of(fault, phase, side))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theTargetIsTheOldDatabaseOrTheWholeNewOneAndNothingIsLeft(Fault fault, Phase phase, Side side)
            throws InterruptedException {
        Trial trial = fault == Fault.CLOSE ? closing : resetting;
        Wire wire = WIRES.get(side);
        String before = trial.target().text(IDENTITY);
        String id = trials.service().create(trial.request());
        Awaitility.await("the phase is reached")
                .atMost(AT_MOST)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> reached(trials.service().job(id), phase));
        wire.begin(fault);
        JsonNode job;
        try {
            if (fault == Fault.OUTAGE || fault == Fault.PAUSE) {
                // How long the fault lasts is the test's input, not something that is waited for.
                TimeUnit.SECONDS.sleep(2);
                wire.end();
            }
            job = Awaitility.await("the job ends")
                    .atMost(AT_MOST)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> trials.service().job(id), it -> ended(it));
        } finally {
            wire.end();
        }
        String state = job.path("state").asText();
        OUTCOMES.merge(fault + " " + state + ", attempt " + job.path("attempt").asText(), 1, Integer::sum);
        if (ONLY_SLOWER.contains(fault)) {
            assertEquals("SUCCEEDED 1", state + " " + job.path("attempt").asText(), job::toString);
        }
        boolean replaced = !before.equals(trial.target().text(IDENTITY));
        assertEquals(replaced ? "SUCCEEDED" : "FAILED", state, job::toString);
        if (replaced) {
            assertEquals(trial.source().text(CONTENT), trial.target().text(CONTENT));
            assertEquals("120", trial.target().text("SELECT count(*) FROM part"));
        } else {
            assertTrue(!job.path("error").path("hint").asText().isBlank(), job::toString);
        }
        Awaitility.await("nothing is left")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(trials::assertNothingLeft);
    }

    private static boolean ended(JsonNode job) {
        return job.path("state").asText().matches("SUCCEEDED|FAILED|CANCELLED");
    }

    private static boolean reached(JsonNode job, Phase wanted) {
        String phase = job.path("progress").path("phase").asText("");
        return ended(job)
                || PHASES_BY_NAME.contains(phase) && Phase.valueOf(phase).compareTo(wanted) >= 0;
    }

    private static final Set<String> PHASES_BY_NAME =
            Set.copyOf(EnumSet.allOf(Phase.class).stream().map(Phase::name).toList());
}
