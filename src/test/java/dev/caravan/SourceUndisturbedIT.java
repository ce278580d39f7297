package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.Trials.Trial;
import dev.caravan.servers.Sql;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source in full use: the copy shows one moment of it, and nobody on it waits for the copy for long. */
class SourceUndisturbedIT {
    private static final int LEAST_ROUNDS = 3;
    private static final String OUR_LOCKS = " FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid"
            + " WHERE a.application_name LIKE 'caravan%' AND l.locktype = 'relation'";

    private static final ExecutorService OTHERS = Executors.newCachedThreadPool();
    private static Trials trials;
    private static Trial bank;
    private static Trial changing;
    private static Trial blocked;
    private static Trial watched;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() {
        trials = new Trials(folder).with("caravan.yieldAfter", "5s");
        bank = trials.add("bank", """
                CREATE TABLE account (id int PRIMARY KEY, balance bigint NOT NULL);
                INSERT INTO account SELECT i, 100 FROM generate_series(1, 2000) i;
                CREATE TABLE transfer (id bigserial PRIMARY KEY, payer int REFERENCES account, payee int REFERENCES account);
                """);
        changing = trials.add("changing", """
                CREATE TABLE first (generation int, id int);
                CREATE TABLE second (generation int, id int);
                INSERT INTO first SELECT 0, i FROM generate_series(1, 500) i;
                INSERT INTO second SELECT 0, i FROM generate_series(1, 500) i;
                """);
        blocked = trials.add("blocked", Trials.SLOW_ROWS);
        watched = trials.add("watched", Trials.SLOW_ROWS + "DELETE FROM item WHERE id > 60");
        trials.start();
    }

    @AfterAll
    static void stop() {
        OTHERS.shutdownNow();
        trials.close();
    }

    @Test
    void copyOfAccountsHasTheSumThatTransfersKeepAndSequencesThatAreNotBehind() throws Exception {
        JsonNode job = whileOthers(
                bank.source(),
                (session, round) -> {
                    int payer = 1 + round * 7 % 2000;
                    int payee = 1 + round * 13 % 2000;
                    Sql.execute(
                            session,
                            "BEGIN",
                            "UPDATE account SET balance = balance - 1 WHERE id = " + payer,
                            "UPDATE account SET balance = balance + 1 WHERE id = " + payee,
                            "INSERT INTO transfer (payer, payee) VALUES (" + payer + ", " + payee + ")",
                            "COMMIT");
                },
                () -> trials.service().copy(bank.request()));
        assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
        TestDatabase copy = bank.target();
        assertEquals("200000", copy.text("SELECT sum(balance) FROM account"));
        assertEquals(
                "0",
                copy.text("SELECT count(*) FROM account a WHERE balance <> 100"
                        + " + (SELECT count(*) FROM transfer WHERE payee = a.id)"
                        + " - (SELECT count(*) FROM transfer WHERE payer = a.id)"));
        assertEquals("t", copy.text("SELECT max(id) > 0 AND nextval('transfer_id_seq') > max(id) FROM transfer"));
        trials.assertNothingLeft();
    }

    @Test
    void truncatedAlteredAndNewTablesNeverGiveAPartialCopy() throws Exception {
        List<JsonNode> jobs = new ArrayList<>();
        whileOthers(
                changing.source(),
                (session, round) -> {
                    Sql.execute(
                            session,
                            "BEGIN",
                            "TRUNCATE first, second",
                            "INSERT INTO first SELECT " + round + ", i FROM generate_series(1, 500) i",
                            "INSERT INTO second SELECT " + round + ", i FROM generate_series(1, 500) i",
                            "CREATE TABLE new_" + round + " AS SELECT i FROM generate_series(1, 500) i",
                            "ALTER TABLE first ADD COLUMN new_" + round + " int DEFAULT 7",
                            "DROP TABLE IF EXISTS new_" + Math.max(0, round - 3),
                            "ALTER TABLE first DROP COLUMN IF EXISTS new_" + Math.max(0, round - 3),
                            "COMMIT");
                    Sql.execute(session, "SELECT pg_sleep(0.5)");
                },
                () -> {
                    for (int i = 0; i < 2; i++) {
                        JsonNode job = trials.service().copy(changing.request());
                        jobs.add(job);
                        if (job.path("state").asText().equals("SUCCEEDED")) {
                            whole(changing.target());
                        } else {
                            String code = job.path("error").path("code").asText();
                            assertTrue(code.matches("source-changed|source-ddl-blocked"), job::toString);
                        }
                    }
                    return jobs.get(0);
                });
        JsonNode quiet = trials.service().copy(changing.request());
        assertEquals("SUCCEEDED", quiet.path("state").asText(), quiet::toString);
        whole(changing.target());
        trials.assertNothingLeft();
    }

    private static void whole(TestDatabase copy) {
        assertEquals("500", copy.text("SELECT count(*) FROM first"));
        assertEquals("500", copy.text("SELECT count(*) FROM second"));
        assertEquals(
                "1",
                copy.text("SELECT count(DISTINCT generation) FROM (SELECT generation FROM first"
                        + " UNION ALL SELECT generation FROM second) both_tables"));
        assertEquals(
                "0",
                copy.text("SELECT count(*) FROM pg_class WHERE relname LIKE 'new\\_%' AND relkind = 'r'"
                        + " AND (xpath('/row/n/text()', query_to_xml('SELECT count(*) AS n FROM ' || relname, false,"
                        + " true, '')))[1]::text <> '500'"));
    }

    @Test
    void alterThatWaitsForACopyGetsThroughAndReadersBehindItToo() throws Exception {
        String id = trials.service().create(blocked.request());
        Trials.awaitSession(TestServers.target(), id, "query LIKE 'COPY %' AND state = 'active'");
        long begun = System.nanoTime();
        Future<?> alter = OTHERS.submit(() -> blocked.source().execute("ALTER TABLE item ADD COLUMN added int"));
        Awaitility.await("the ALTER waits")
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> blocked.source()
                        .text("SELECT count(*) FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock'")
                        .equals("1"));
        List<Future<String>> readers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            readers.add(OTHERS.submit(() -> blocked.source().text("SELECT count(added) FROM item")));
        }
        alter.get(20, TimeUnit.SECONDS);
        for (Future<String> reader : readers) {
            assertEquals("0", reader.get(5, TimeUnit.SECONDS));
        }
        Duration waited = Duration.ofNanos(System.nanoTime() - begun);
        assertTrue(waited.compareTo(Duration.ofSeconds(11)) < 0, () -> "they waited " + waited);
        trials.failed(blocked, "source-ddl-blocked", trials.service().end(id));
    }

    @Test
    void copyWritesNothingOnTheSourceAndHoldsNoLockAboveAccessShare() {
        String written =
                "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del)::text || ' ' || count(*) FROM pg_stat_user_tables";
        String before = watched.source().text(written);
        String id = trials.service().create(watched.request());
        List<String> modes = new ArrayList<>();
        JsonNode job = Awaitility.await("the job ends")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> {
                            modes.add(watched.source()
                                    .text("SELECT coalesce(string_agg(DISTINCT mode, ' '), '')" + OUR_LOCKS));
                            assertEquals(
                                    "0",
                                    watched.source()
                                            .text(
                                                    "SELECT count(*) FROM pg_stat_activity"
                                                            + " WHERE application_name LIKE 'caravan%' AND backend_xid IS NOT NULL"));
                            return trials.service().job(id);
                        },
                        it -> it.path("state").asText().matches("SUCCEEDED|FAILED"));
        assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
        assertEquals(
                List.of("AccessShareLock"),
                modes.stream().filter(mode -> !mode.isEmpty()).distinct().toList());
        assertEquals(before, watched.source().text(written));
        trials.assertNothingLeft();
    }

    /** One round of somebody else's work on the source. */
    private interface Round {
        void run(Connection session, int number) throws SQLException;
    }

    /** Copies while somebody else works on the source, whose work must not fail either; again and again until they have done some rounds of it. */
    private static JsonNode whileOthers(TestDatabase source, Round round, java.util.function.Supplier<JsonNode> copy)
            throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger rounds = new AtomicInteger();
        Future<?> busy = OTHERS.submit(() -> {
            try (Connection session = source.connect()) {
                while (!enough.get()) {
                    round.run(session, rounds.get() + 1);
                    rounds.incrementAndGet();
                }
                return null;
            }
        });
        JsonNode job;
        try {
            do {
                job = copy.get();
            } while (rounds.get() < LEAST_ROUNDS && !busy.isDone());
        } finally {
            enough.set(true);
        }
        busy.get(30, TimeUnit.SECONDS);
        return job;
    }
}
