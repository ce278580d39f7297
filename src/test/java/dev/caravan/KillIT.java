package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.Trials.Trial;
import dev.caravan.servers.TestServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A service is killed, and another one follows on its store: in the middle of a COPY, in the middle of the swap, and at any instant, a few times
 * here and 200 times with {@code -Dkills=200}.
 */
class KillIT {
    private static final String ROWS = """
            CREATE TABLE item (id int PRIMARY KEY, word text UNIQUE, other int REFERENCES item);
            INSERT INTO item SELECT i, md5(i::text), 1 + i / 2 FROM generate_series(1, 20000) i;
            """;

    @TempDir
    Path folder;

    private Trials trials;

    private Trials trials() {
        trials = new Trials(folder)
                .with("caravan.lease.duration", "6s")
                .with("caravan.lease.renewal", "2s")
                .with("caravan.repair.period", "1s");
        return trials;
    }

    @AfterEach
    void stop() {
        trials.close();
    }

    @Test
    void jobThatWasCopyingHasFailedAndItsTargetIsAsItWas() throws Exception {
        Trial copying = trials().add("copying", Trials.SLOW_ROWS);
        String id;
        try (ServiceProcess service = ServiceProcess.start(folder, trials.configuration())) {
            id = service.create(copying.request());
            Trials.awaitSession(TestServers.target(), id, "query LIKE 'COPY %' AND state = 'active'");
        }
        try (ServiceProcess next = ServiceProcess.start(folder, trials.configuration())) {
            trials.failed(copying, "interrupted", next.end(id));
        }
    }

    @Test
    void jobThatWasSwappingHasFailedAndItsTargetIsOpenAndAsItWas() throws Exception {
        Trial swapping = trials().add("swapping", Trials.SLOW_ROWS.replace("1, 1000)", "1, 100)"));
        String id;
        try (Connection other = TestServers.target().connect("postgres");
                Statement statement = other.createStatement()) {
            try (ServiceProcess service = ServiceProcess.start(folder, trials.configuration())) {
                id = service.create(swapping.request());
                Trials.awaitSession(TestServers.target(), id, "query LIKE 'COPY %' AND state = 'active'");
                // The staging database is there; whoever changes a database from here on waits.
                other.setAutoCommit(false);
                statement.execute("LOCK TABLE pg_catalog.pg_database IN SHARE MODE");
                Awaitility.await("the swap waits")
                        .atMost(Duration.ofSeconds(90))
                        .pollInterval(Duration.ofMillis(100))
                        .until(() -> Trials.postgres(TestServers.target())
                                .text("SELECT count(*) > 0 FROM pg_stat_activity WHERE application_name LIKE 'caravan%'"
                                        + " AND query LIKE 'ALTER DATABASE%' AND wait_event_type = 'Lock'")
                                .equals("t"));
            }
            other.commit();
        }
        try (ServiceProcess next = ServiceProcess.start(folder, trials.configuration())) {
            trials.failed(swapping, "interrupted", next.end(id));
        }
    }

    @Test
    void atAnyInstantTheTargetIsEitherTheOldDatabaseOrTheWholeNewOne() throws Exception {
        int kills = Integer.getInteger("kills", 2);
        Random random = new Random(Long.getLong("kills.seed", 1));
        Trial any = trials().add("any", ROWS);
        String wanted = any.source().text("SELECT md5(string_agg(t::text, ',' ORDER BY id)) FROM item t");
        long usual;
        try (ServiceProcess first = ServiceProcess.start(folder, trials.configuration())) {
            first.end(first.create(any.request()));
            long began = System.nanoTime();
            assertEquals(
                    "SUCCEEDED",
                    first.end(first.create(any.request())).path("state").asText());
            usual = System.nanoTime() - began;
        }
        int swapped = 0;
        for (int i = 0; i < kills; i++) {
            // A database whose content tells that it was not replaced.
            any.target()
                    .execute("DROP TABLE IF EXISTS untouched", "CREATE TABLE untouched AS SELECT " + i + " AS round");
            String id;
            try (ServiceProcess killed = ServiceProcess.start(folder, trials.configuration())) {
                id = killed.create(any.request());
                // The instant is the test's input, not something that is waited for: a first run of a process takes
                // about twice as long.
                TimeUnit.NANOSECONDS.sleep((long) (random.nextDouble() * 2.5 * usual));
            }
            try (ServiceProcess next = ServiceProcess.start(folder, trials.configuration())) {
                JsonNode job = next.end(id);
                String where = "round " + i + ": " + job;
                boolean replaced = any.target()
                        .text("SELECT to_regclass('untouched') IS NULL")
                        .equals("t");
                assertEquals(
                        replaced ? "SUCCEEDED" : "FAILED", job.path("state").asText(), where);
                if (replaced) {
                    swapped++;
                    assertEquals(
                            wanted,
                            any.target().text("SELECT md5(string_agg(t::text, ',' ORDER BY id)) FROM item t"),
                            where);
                    assertEquals(
                            "1",
                            any.target()
                                    .text("SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated"),
                            where);
                } else {
                    assertEquals(String.valueOf(i), any.target().text("SELECT round FROM untouched"), where);
                }
                Awaitility.await("nothing is left, " + where)
                        .atMost(Duration.ofSeconds(20))
                        .pollInterval(Duration.ofMillis(100))
                        .untilAsserted(trials::assertNothingLeft);
            }
        }
        System.out.println(kills + " kills: " + swapped + " after the swap, " + (kills - swapped) + " before it");
        assertTrue(kills < 50 || swapped > 0 && swapped < kills, "the kills were all on one side of the swap");
    }
}
