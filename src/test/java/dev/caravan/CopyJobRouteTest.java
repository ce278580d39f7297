package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
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
    private static final List<String> RELEASES =
            List.of("await-workers", "release-source", "release-target", "delete-run-directory", "store-end");
    private static final List<String> SEEN = Collections.synchronizedList(new ArrayList<>());
    private static volatile String failing = "";
    private static Service service;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws Exception {
        service = Service.of(Optional.empty(), new ServiceUnderTest.Configuration(folder).properties())
                .start();
        AdviceWith.adviceWith(service.context(), "copy-job", false, advice -> {
            for (String id : Stream.of(PHASES, List.of("note-failure"), RELEASES)
                    .flatMap(List::stream)
                    .toList()) {
                advice.weaveById(id)
                        .replace()
                        .process(exchange -> note(id, exchange))
                        .id(id + "-seen");
            }
        });
    }

    private static void note(String id, Exchange exchange) {
        SEEN.add(id);
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
                .withBody("a job")
                .send();
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
