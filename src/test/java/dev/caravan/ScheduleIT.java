package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.servers.Login;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServer;
import dev.caravan.servers.TestServers;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schedules of one service, with their clocks running. */
class ScheduleIT {
    private static final String EVERY_SECOND = "* * * * * ?";
    private static final String NEVER = "0 0 2 * * ? 2098";

    @TempDir
    Path folder;

    private ServiceUnderTest.Configuration configuration() {
        return Scheduled.configuration(folder);
    }

    private String store() {
        return "jdbc:sqlite:" + folder.resolve("caravan.db");
    }

    private static long jobs(ServiceUnderTest service) {
        return service.call("GET", "/api/v1/copy-jobs", null).get("items").size();
    }

    @Test
    void aScheduleThatRunsIsSeenInItsJobItsViewAndTheMetrics() {
        TestServer server = TestServers.target();
        Login admin = new Login(server.superuser(), server.password());
        Login reader = TestServers.source().createSourceReader("BYPASSRLS");
        try (TestDatabase source = TestServers.source().createDatabase("scheduled")) {
            source.execute("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t SELECT generate_series(1, 100)");
            source.grantReading(reader);
            ServiceUnderTest.Configuration configuration = Scheduled.schedule(
                    configuration()
                            .source("from", source, reader)
                            .target("to", server, source.name() + "_scheduled", admin),
                    "nightly",
                    NEVER,
                    "{\"source\": \"from\", \"target\": \"to\"}");
            try (ServiceUnderTest service = configuration.start()) {
                assertTrue(Scheduled.metrics(configuration)
                        .contains("caravan_schedule_last_success_seconds{schedule=\"nightly\"} NaN"));
                JsonNode accepted = service.call("POST", "/api/v1/schedules/nightly/run", null);
                assertEquals("nightly", accepted.path("schedule").asText(), accepted::toString);
                JsonNode job = service.end(accepted.get("id").asText());
                assertEquals("SUCCEEDED", job.get("state").asText(), job::toString);
                assertEquals("nightly", job.get("schedule").asText());

                JsonNode schedule = Scheduled.schedule(service, "nightly");
                assertEquals("2098-01-01T02:00:00Z", schedule.get("next").asText());
                assertEquals("STARTED", schedule.at("/last/outcome").asText());
                assertEquals(job.get("id"), schedule.at("/last/jobId"));
                assertEquals("SUCCEEDED", schedule.at("/last/jobState").asText());
                assertEquals(job.get("finishedAt"), schedule.get("lastSuccessAt"));
                String seconds = String.valueOf(
                        (double) Instant.parse(job.get("finishedAt").asText()).getEpochSecond());
                Scheduled.await("the gauge shows the success").until(() -> Scheduled.metrics(configuration)
                        .contains("caravan_schedule_last_success_seconds{schedule=\"nightly\"} " + seconds));
            } finally {
                server.dropDatabase(source.name() + "_scheduled");
            }
        }
    }

    @Test
    void aTimeThatPassedWhileNothingRanIsMadeUpForOnce() {
        ZonedDateTime missed = ZonedDateTime.now(ZoneOffset.UTC).minusMinutes(5).truncatedTo(ChronoUnit.SECONDS);
        ServiceUnderTest.Configuration configuration = Scheduled.connection(
                Scheduled.schedule(configuration(), "made-up", Scheduled.daily(missed), Scheduled.REQUEST),
                "other",
                "target",
                1);
        Scheduled.schedule(
                        configuration,
                        "let-go",
                        Scheduled.daily(missed),
                        "{\"source\": \"gone\", \"target\": \"other\"}")
                .with("caravan.schedule.let-go.missed", "skip");
        try (ServiceUnderTest service = configuration.start()) {
            Scheduled.await("times were looked for").until(() -> Scheduled.taken(configuration, "look-for-times") >= 2);
            assertEquals(0, jobs(service), "a schedule that was not there yesterday has missed nothing");
        }
        Scheduled.change(store(), "UPDATE schedule SET since = since - 86400000");
        try (ServiceUnderTest service = configuration.start()) {
            JsonNode last = Scheduled.await("the run is made up for")
                    .until(
                            () -> Scheduled.schedule(service, "made-up").get("last"),
                            run -> run.path("outcome").asText().equals("STARTED"));
            assertEquals(missed.toInstant().toString(), last.get("at").asText());
            service.end(last.get("jobId").asText());
            assertEquals(1, jobs(service));
            assertTrue(Scheduled.schedule(service, "let-go").get("last").isNull());
        }
        try (ServiceUnderTest service = configuration.start()) {
            Scheduled.await("times were looked for").until(() -> Scheduled.taken(configuration, "look-for-times") >= 2);
            assertEquals(1, jobs(service));
        }
    }

    @Test
    void aTimeAtWhichTheRunBeforeIsNotDoneIsSkippedOrWaits() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            ServiceUnderTest.Configuration configuration = configuration().with("caravan.jobs.concurrent", "2");
            Scheduled.connection(configuration, "silent", "source", silent.getLocalPort());
            Scheduled.connection(configuration, "skips", "target", 1);
            Scheduled.connection(configuration, "queues", "target", 1);
            Scheduled.schedule(configuration, "skips", EVERY_SECOND, "{\"source\": \"silent\", \"target\": \"skips\"}");
            Scheduled.schedule(
                            configuration, "queues", EVERY_SECOND, "{\"source\": \"silent\", \"target\": \"queues\"}")
                    .with("caravan.schedule.queues.overlap", "queue");
            configuration.with("caravan.connection.silent.connectTimeout", "60s");
            try (ServiceUnderTest service = configuration.start()) {
                JsonNode skipped = Scheduled.await("a time is skipped")
                        .until(
                                () -> Scheduled.schedule(service, "skips").get("last"),
                                run -> run.path("outcome").asText().equals("SKIPPED"));
                assertEquals("target-busy", skipped.get("code").asText());
                String waiting = " FROM schedule_fire WHERE schedule = 'queues' AND outcome = 'WAITING'";
                String others = " FROM schedule_fire WHERE schedule = 'queues' AND outcome = 'SKIPPED'";
                Scheduled.await("one time waits, and later ones need not")
                        .until(() -> Scheduled.number(store(), "SELECT count(*)" + waiting) == 1
                                && Scheduled.number(store(), "SELECT count(*)" + others) >= 2);
                long waits = Scheduled.number(store(), "SELECT fire_at" + waiting);
                assertEquals(2, jobs(service));
                service.call("POST", "/api/v1/schedules/skips/pause", null);
                for (JsonNode job :
                        service.call("GET", "/api/v1/copy-jobs", null).get("items")) {
                    service.call("POST", "/api/v1/copy-jobs/" + job.get("id").asText() + "/cancel", null);
                }
                silent.close();
                Scheduled.await("what waited becomes a job")
                        .until(() -> Scheduled.number(
                                        store(),
                                        "SELECT count(*) FROM schedule_fire f JOIN copy_job j ON j.id = f.job_id"
                                                + " WHERE f.schedule = 'queues' AND j.schedule = 'queues'"
                                                + " AND f.outcome = 'STARTED' AND f.fire_at = " + waits)
                                == 1);
            }
        }
        assertEquals(1, Scheduled.number(store(), "SELECT count(*) FROM copy_job WHERE schedule = 'skips'"));
    }

    @Test
    void aPausedScheduleStaysSoOverARestartUntilItIsResumed() {
        ServiceUnderTest.Configuration configuration =
                Scheduled.schedule(configuration(), "often", EVERY_SECOND, Scheduled.REQUEST);
        String last;
        try (ServiceUnderTest service = configuration.start()) {
            Scheduled.await("it runs").until(() -> jobs(service) > 0);
            JsonNode paused = service.call("POST", "/api/v1/schedules/often/pause", null);
            assertTrue(paused.get("paused").asBoolean(), paused::toString);
            assertTrue(paused.get("next").isNull());
        }
        try (ServiceUnderTest service = configuration.start()) {
            JsonNode paused = Scheduled.schedule(service, "often");
            assertTrue(paused.get("paused").asBoolean());
            last = paused.at("/last/at").asText();
            Scheduled.await("the clock came by, and missed times were looked for")
                    .until(() -> Scheduled.taken(configuration, "refresh") >= 2
                            && Scheduled.taken(configuration, "look-for-times") >= 2);
            assertEquals(
                    last, Scheduled.schedule(service, "often").at("/last/at").asText());

            Instant resumedAt = Instant.now();
            JsonNode resumed = service.call("POST", "/api/v1/schedules/often/resume", null);
            assertFalse(resumed.get("paused").asBoolean());
            JsonNode next = Scheduled.await("it runs again")
                    .until(
                            () -> Scheduled.schedule(service, "often").get("last"),
                            run -> !run.get("at").asText().equals(last));
            assertNotEquals(last, next.get("at").asText());
            assertEquals(
                    0,
                    Scheduled.number(
                            store(),
                            "SELECT count(*) FROM schedule_fire WHERE fire_at > "
                                    + Instant.parse(last).toEpochMilli() + " AND fire_at < "
                                    + resumedAt.minusSeconds(1).toEpochMilli()),
                    "what passed while it was paused is not made up for");
        }
    }

    @Test
    void aRunThatIsRefusedSaysWhy() {
        ServiceUnderTest.Configuration configuration =
                Scheduled.schedule(configuration(), "often", EVERY_SECOND, Scheduled.REQUEST);
        configuration.with("caravan.schedule.often.paused", "true");
        try (ServiceUnderTest service = configuration.start()) {
            assertTrue(Scheduled.schedule(service, "often").get("paused").asBoolean());
            assertEquals(
                    "not-found",
                    service.call("POST", "/api/v1/schedules/nobody/run", null)
                            .path("code")
                            .asText());
            assertEquals(
                    "not-found",
                    service.call("POST", "/api/v1/schedules/nobody/pause", null)
                            .path("code")
                            .asText());
        }
    }
}
