package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.caravan.job.CopyJob;
import dev.caravan.job.JobMeter;
import dev.caravan.job.JobState;
import dev.caravan.job.Progress;
import dev.caravan.job.RunningJob;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of a job's steps, and that whatever fails, everything is released and the end is stored. */
class CopyJobRouteTest {
    private static final List<String> PHASES =
            List.of("run-preflight", "run-plan", "run-schema", "run-copy", "run-constraint", "run-verify", "run-swap");
    private static final List<String> RELEASES = List.of(
            "await-workers",
            "release-source",
            "release-target",
            "delete-run-directory",
            "tidy-up",
            "judge-attempt",
            "store-end",
            "measure-job");
    private static final List<String> LOOP = List.of("tidy-up", "judge-attempt");
    private static final List<String> SEEN = Collections.synchronizedList(new ArrayList<>());
    private static volatile String failing = "";
    private static volatile int attempts = 1;
    private static Service service;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws Exception {
        service = Service.of(
                        Optional.empty(),
                        new ServiceUnderTest.Configuration(folder)
                                .with("caravan.jobs.retryPause", "1")
                                .properties())
                .start();
        replace("attempt", Stream.of(PHASES, List.of("note-failure"), RELEASES.subList(0, 4)));
        replace("copy-job", Stream.of(LOOP, List.of("store-end", "measure-job")));
    }

    private static void replace(String route, Stream<List<String>> steps) throws Exception {
        AdviceWith.adviceWith(service.context(), route, false, advice -> steps.flatMap(List::stream)
                .forEach(id -> advice.weaveById(id)
                        .replace()
                        .process(exchange -> note(id, exchange))
                        .id(id + "-seen")));
    }

    private static void note(String id, Exchange exchange) {
        SEEN.add(id);
        if (id.equals("judge-attempt")) {
            RunningJob judged = exchange.getVariable("job", RunningJob.class);
            RunningJob next = job(judged.job().attempt() + 1);
            if (next.job().attempt() > attempts) {
                judged.end();
            }
            exchange.getMessage().setBody(judged.hasEnded() ? judged : next);
        }
        if (id.equals(failing)) {
            throw new IllegalStateException("step " + id);
        }
        if (id.equals("note-failure")) {
            assertEquals(
                    "step " + failing,
                    exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)
                            .getMessage());
        }
    }

    @BeforeEach
    void forget() {
        SEEN.clear();
        attempts = 1;
        failing = "";
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static Exchange run() {
        return service.context()
                .createFluentProducerTemplate()
                .to("direct:copy-job")
                .withBody(job(1))
                .send();
    }

    private static RunningJob job(int attempt) {
        Instant now = Instant.EPOCH;
        CopyJob job = new CopyJob(
                "id",
                JobState.RUNNING,
                null,
                attempt,
                now,
                Optional.of(now),
                Optional.empty(),
                Progress.none(now),
                Optional.empty(),
                1);
        return new RunningJob(job, new JobMeter(Clock.systemUTC()));
    }

    @Test
    void everyAttemptRunsFromItsFirstPhaseAndReleasesEverythingBeforeTheNext() {
        failing = "run-copy";
        attempts = 3;
        assertFalse(run().isFailed());
        List<String> attempt = new ArrayList<>(PHASES.subList(0, 4));
        attempt.add("note-failure");
        attempt.addAll(RELEASES.subList(0, 6));
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            expected.addAll(attempt);
        }
        expected.add("store-end");
        expected.add("measure-job");
        assertEquals(expected, SEEN);
    }

    @Test
    void aJobThatSucceedsPassesEveryPhaseAndReleasesEverything() {
        assertFalse(run().isFailed());
        assertEquals(Stream.of(PHASES, RELEASES).flatMap(List::stream).toList(), SEEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"run-preflight", "run-plan", "run-schema", "run-copy", "run-constraint", "run-verify", "run-swap"
            })
    void aFailureInAPhaseSkipsTheRestIsNotedAndReleasesEverything(String phase) {
        failing = phase;
        assertFalse(run().isFailed(), "the job has failed, not the worker that ran it");
        List<String> expected = new ArrayList<>(PHASES.subList(0, PHASES.indexOf(phase) + 1));
        expected.add("note-failure");
        expected.addAll(RELEASES);
        assertEquals(expected, SEEN);
    }
}
