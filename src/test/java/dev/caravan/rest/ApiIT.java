package dev.caravan.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.RestService;
import dev.caravan.job.CopyRequest;
import dev.caravan.job.JobEvent;
import dev.caravan.job.JobState;
import dev.caravan.job.Phase;
import dev.caravan.job.Problem;
import dev.caravan.job.Progress;
import dev.caravan.job.Report;
import dev.caravan.job.TableProgress;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each operation as callers see it; {@link Calls} holds every answer against the contract. */
final class ApiIT {
    private static final String JOBS = "/api/v1/copy-jobs";

    @TempDir
    static Path folder;

    private static RestService service;
    private static Calls calls;

    @BeforeAll
    static void start() throws IOException {
        service = RestService.start(folder, Map.of());
        calls = new Calls(service.address());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @AfterEach
    void endEveryJob() {
        service.endEveryJob();
    }

    @Test
    void theEntityTagChangesWithTheJobOnly() throws Exception {
        Calls.Answer created = calls.post(JOBS, Calls.MINIMAL);
        String self = created.header("Location");
        String tag = calls.get(self).header("ETag");
        for (String known : List.of(tag, "W/" + tag, "\"0\", " + tag, "*")) {
            Calls.Answer unchanged = calls.get(self, "If-None-Match", known);
            assertEquals(304, unchanged.status(), known);
            assertEquals("", unchanged.body());
            assertEquals(tag, unchanged.header("ETag"));
        }
        service.jobs().claim();
        Calls.Answer changed = calls.get(self, "If-None-Match", tag);
        assertEquals(200, changed.status());
        assertNotEquals(tag, changed.header("ETag"));
    }

    @Test
    void aFailedJobIsAnOrdinaryAnswerWithItsProblem() throws Exception {
        String id = running();
        Problem problem =
                Problem.of(CaravanException.of(ErrorCode.DISK_FULL, "The disk of dev is full.", "Free some."));
        service.jobs().finish(id, JobState.FAILED, Optional.of(problem));
        Calls.Answer answer = calls.get(JOBS + "/" + id);
        assertEquals(200, answer.status());
        assertEquals("FAILED", answer.json().path("state").asText());
        assertEquals("disk-full", answer.json().at("/error/code").asText());
    }

    @Test
    void jobsAreListedInPagesAndByStateAndTarget() throws Exception {
        for (String target : List.of("a", "b", "c")) {
            service.jobs().create(CopyRequest.of("shop-staging", target), Optional.empty());
        }
        service.jobs().claim();
        String waiting = JOBS + "?state=QUEUED&limit=1";
        Calls.Answer first = calls.get(waiting);
        assertEquals("c", first.json().at("/items/0/request/target").asText());
        Calls.Answer second =
                calls.get(waiting + "&cursor=" + first.json().path("next").asText());
        assertEquals("b", second.json().at("/items/0/request/target").asText());
        assertEquals(1, second.json().path("items").size());
        assertTrue(second.json().path("next").isNull());
        assertEquals(
                "a",
                calls.get(JOBS + "?state=RUNNING")
                        .json()
                        .at("/items/0/request/target")
                        .asText());
        assertEquals(
                "b",
                calls.get(JOBS + "?target=b")
                        .json()
                        .at("/items/0/request/target")
                        .asText());
        assertEquals("validation", calls.get(JOBS + "?cursor=made-up").code());
    }

    @Test
    void tablesEventsAndReportAreGiven() throws Exception {
        String id = running();
        Calls.Answer none = calls.get(JOBS + "/" + id + "/report");
        assertEquals("not-found", none.code());
        assertTrue(none.json().path("hint").asText().contains("RUNNING"));

        TableProgress table = table("public.customer");
        service.jobs().saveProgress(id, progress(), List.of(table, table("public.\"=1+1\"")));
        service.jobs().append(id, JobEvent.Type.PHASE, "COPY");
        service.jobs().documents().saveReport(id, report(id, List.of(table, table("public.\"=1+1\""))));
        service.jobs().finish(id, JobState.SUCCEEDED, Optional.empty());

        Calls.Answer tables = calls.get(JOBS + "/" + id + "/tables?limit=1");
        assertEquals(1, tables.json().path("items").size());
        assertFalse(tables.json().path("next").asText().isEmpty());

        JsonNode events = calls.get(JOBS + "/" + id + "/events").json().path("items");
        long third = events.get(2).path("sequence").asLong();
        assertEquals(
                events.size() - 3,
                calls.get(JOBS + "/" + id + "/events?after=" + third)
                        .json()
                        .path("items")
                        .size());

        Calls.Answer json = calls.get(JOBS + "/" + id + "/report");
        assertEquals("public.customer", json.json().at("/tables/0/table").asText());
        Calls.Answer csv = calls.get(JOBS + "/" + id + "/report", "Accept", "text/csv");
        assertEquals("text/csv; charset=utf-8", csv.header("Content-Type"));
        List<String> lines = csv.body().lines().toList();
        assertEquals(
                "table,state,format,parts,rowsCopied,bytesCopied,bytesTotalEstimated,indexes,copyMillis,indexMillis",
                lines.get(0));
        assertEquals("public.customer,DONE,binary,1,1204,98304,106496,3,41,17", lines.get(1));
        assertEquals(3, lines.size());
        Calls.Answer preferred =
                calls.get(JOBS + "/" + id + "/report", "Accept", "text/csv;q=0.5, application/json;q=0.9");
        assertEquals("application/json", preferred.header("Content-Type"));
    }

    @Test
    void aWaitingJobIsCancelledAtOnceAndAnEndedOneIsNot() throws Exception {
        String self = calls.post(JOBS, Calls.MINIMAL).header("Location");
        Calls.Answer cancelled = calls.post(self + "/cancel", null);
        assertEquals(202, cancelled.status());
        assertEquals("CANCELLED", cancelled.json().path("state").asText());
        assertEquals("job-not-cancellable", calls.post(self + "/cancel", null).code());
        String running = JOBS + "/" + running();
        assertEquals(
                "CANCELLING",
                calls.post(running + "/cancel", null).json().path("state").asText());
        assertEquals(
                "CANCELLING",
                calls.post(running + "/cancel", null).json().path("state").asText());
    }

    @Test
    void unknownJobsAreNotFoundUnderEveryAddress() throws Exception {
        for (String id : List.of("019a3f0c-7c1e-7b0a-9a51-3f6f0c2d4e11", "x", "%00", "..%2f..", "1%20OR%201")) {
            for (String rest : List.of("", "/tables", "/events", "/report")) {
                assertEquals("not-found", calls.get(JOBS + "/" + id + rest).code(), id + rest);
            }
            assertEquals(
                    "not-found", calls.post(JOBS + "/" + id + "/cancel", null).code(), id);
        }
    }

    @Test
    void aPlanIsWhatThePlanningGives() throws Exception {
        Calls.Answer answer = calls.post("/api/v1/plans", Calls.MINIMAL);
        assertEquals(200, answer.status());
        assertEquals("public.customer", answer.json().at("/tables/0/table").asText());
        assertEquals(0, calls.get(JOBS + "?state=QUEUED").json().path("items").size());
    }

    @Test
    void connectionsAreShownWithoutLoginPasswordAndSettings() throws Exception {
        Calls.Answer answer = calls.get("/api/v1/connections");
        JsonNode staging = answer.json().at("/items/3");
        assertEquals("shop-staging", staging.path("name").asText());
        assertEquals("source", staging.path("role").asText());
        assertEquals("stage.example", staging.path("host").asText());
        assertEquals(5433, staging.path("port").asInt());
        assertEquals("shop", staging.path("database").asText());
        assertEquals("production", answer.json().at("/items/1/classification").asText());
        assertFalse(answer.body().contains("canary") || answer.body().contains("sslmode"), answer.body());
    }

    @Test
    void aConnectionIsCheckedByName() throws Exception {
        assertEquals(
                "shop_dev",
                calls.post("/api/v1/connections/shop-dev/check", null)
                        .json()
                        .path("database")
                        .asText());
        assertEquals(
                "not-found",
                calls.post("/api/v1/connections/nowhere/check", null).code());
    }

    @Test
    void anUnexpectedErrorSaysNothingOfItsMessage() throws Exception {
        Calls.Answer answer = calls.post("/api/v1/connections/shop-qa/check", null);
        assertEquals(500, answer.status());
        assertEquals("internal", answer.code());
        assertFalse(answer.body().contains("canary"), answer.body());
    }

    private String running() {
        String id = service.jobs()
                .create(CopyRequest.of("shop-staging", "shop-qa"), Optional.empty())
                .job()
                .id();
        service.jobs().claim();
        return id;
    }

    private static Progress progress() {
        return new Progress(
                Phase.COPY,
                new Progress.Tables(1, 1, 0, 0),
                new Progress.Indexes(3, 3),
                1204,
                98_304,
                OptionalLong.of(106_496),
                OptionalInt.of(92),
                1_000_000,
                OptionalLong.empty(),
                Instant.now());
    }

    private static TableProgress table(String name) {
        return new TableProgress(
                TableName.parse(name),
                TableProgress.State.DONE,
                "binary",
                1,
                1204,
                98_304,
                OptionalLong.of(106_496),
                new Progress.Indexes(3, 3),
                41,
                17);
    }

    private static Report report(String id, List<TableProgress> tables) {
        return new Report(
                id,
                JobState.SUCCEEDED,
                new Report.Database("shop-staging", "shop", "7301234567890123456", "15.18"),
                new Report.Database("shop-qa", "shop_qa", "7309876543210987654", "15.18"),
                Optional.of(Instant.now()),
                Map.of(Phase.COPY, 41L),
                tables,
                new Report.ForeignKeys(2, 0, List.of()),
                List.of(),
                List.of(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** The quick way to a job's state is as exact as its route: never behind, and with the same faults. */
    @Test
    void aJobIsShownAsItIsHoweverOftenItIsAskedFor() throws Exception {
        service.endEveryJob();
        String id =
                calls.post("/api/v1/copy-jobs", Calls.MINIMAL).json().get("id").asText();
        String path = "/api/v1/copy-jobs/" + id;
        Calls.Answer first = calls.get(path);
        assertEquals("QUEUED", first.json().get("state").asText());
        assertEquals(
                first.body(),
                calls.get(path, "Accept", "application/json;q=0.5, */*;q=0.1").body());
        assertEquals(304, calls.get(path, "If-None-Match", first.header("ETag")).status());
        // By its route: a second tag is none of the quick way's.
        Calls.Answer routed = calls.get(path, "If-None-Match", "\"x\", " + first.header("ETag"));
        assertEquals(304, routed.status());
        assertEquals(first.header("ETag"), routed.header("ETag"));
        assertEquals(first.body(), calls.get(path, "If-None-Match", "\"x\"").body());
        calls.post(path + "/cancel", null);
        Calls.Answer cancelled = calls.get(path, "If-None-Match", first.header("ETag"));
        assertEquals(200, cancelled.status());
        assertEquals("CANCELLED", cancelled.json().get("state").asText());
        assertEquals("validation", calls.get(path + "?a=1").code());
        assertEquals("not-acceptable", calls.get(path, "Accept", "text/html").code());
        assertEquals(
                "not-found",
                calls.get("/api/v1/copy-jobs/019a3f0c-7c1e-7b0a-9a51-3f6f0c2d4e11")
                        .code());
    }
}
