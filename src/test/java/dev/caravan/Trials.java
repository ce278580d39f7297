package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.servers.Login;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServer;
import dev.caravan.servers.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * One service over several pairs of a source and an old target, declared before it starts, and what must hold after a job that did
 * not succeed: the old target as it was, and nothing of the job left anywhere.
 */
final class Trials implements AutoCloseable {
    private static final String OLD_CONTENT = """
            CREATE TABLE old_content (id int PRIMARY KEY, word text);
            INSERT INTO old_content SELECT i, md5(i::text) FROM generate_series(1, 500) i;
            CREATE VIEW old_view AS SELECT word FROM old_content;
            """;
    static final String FINGERPRINT = """
            SELECT (SELECT md5(string_agg(t::text, ',' ORDER BY id)) FROM old_content t)
              || (SELECT string_agg(relname, ',' ORDER BY oid) FROM pg_class WHERE oid >= 16384)
              || (SELECT concat_ws('|', oid, datdba, datallowconn, datconnlimit, datacl,
                    (SELECT string_agg(setconfig::text, ',') FROM pg_db_role_setting WHERE setdatabase = d.oid))
                  FROM pg_database d WHERE datname = current_database())
            """;

    /** A table whose rows take a twentieth of a second each to write into a staging database, and none anywhere else. */
    static final String SLOW_ROWS = """
            CREATE FUNCTION public.written(word text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
            BEGIN
              IF pg_catalog.current_database() LIKE '%\\_caravan\\_%' THEN PERFORM pg_catalog.pg_sleep(0.05); END IF;
              RETURN true;
            END $$;
            CREATE TABLE item (id int PRIMARY KEY, word text CHECK (public.written(word)));
            INSERT INTO item SELECT i, repeat('x', 500) FROM generate_series(1, 1000) i;
            """;

    private final Path folder;
    private final ServiceUnderTest.Configuration configuration;
    private final List<Trial> trials = new ArrayList<>();
    private ServiceUnderTest service;

    Trials(Path folder) {
        this.folder = folder;
        this.configuration = new ServiceUnderTest.Configuration(folder);
    }

    /** A source and the old target that a job should replace; connections are called {@code from-name} and {@code to-name}. */
    record Trial(String name, TestDatabase source, TestDatabase target, String before) {
        /** A request whose further members are given, such as {@code "verify":"CONTENT"}. */
        String request(String... members) {
            return "{\"source\":\"from-" + name + "\",\"target\":\"to-" + name + "\""
                    + Stream.of(members).map(member -> "," + member).reduce("", String::concat) + "}";
        }
    }

    /** Logs in to the source as one who may read everything, to the target as its superuser. */
    Trial add(String name, String sourceScript) {
        TestServer target = TestServers.target();
        return add(
                name,
                sourceScript,
                TestServers.source().createSourceReader("BYPASSRLS"),
                new Login(target.superuser(), target.password()));
    }

    Trial add(String name, String sourceScript, Login reader, Login writer) {
        return add(name, TestServers.source(), TestServers.target(), sourceScript, reader, writer);
    }

    Trial add(
            String name,
            TestServer sourceServer,
            TestServer targetServer,
            String sourceScript,
            Login reader,
            Login writer) {
        TestDatabase source = sourceServer.createDatabase("faults_" + name);
        source.execute(sourceScript);
        TestDatabase target = targetServer.createDatabase("faults_" + name, writer);
        target.execute(OLD_CONTENT);
        configuration.source("from-" + name, source, reader);
        configuration.target("to-" + name, target.server(), target.name(), writer);
        Trial trial = new Trial(name, source, target, target.text(FINGERPRINT));
        trials.add(trial);
        return trial;
    }

    Trials with(String key, String value) {
        configuration.with(key, value);
        return this;
    }

    /** An SQL file that runs in the trial's new database before it is verified. */
    void afterLoad(Trial trial, String sql) {
        Path file = folder.resolve(trial.name() + ".sql");
        try {
            Files.writeString(file, sql);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        with("caravan.connection.to-" + trial.name() + ".afterLoad", file.toString());
    }

    ServiceUnderTest start() {
        service = configuration.start();
        return service;
    }

    ServiceUnderTest service() {
        return service;
    }

    ServiceUnderTest.Configuration configuration() {
        return configuration;
    }

    /** Runs a job that must fail with this code. @return its problem */
    JsonNode fails(Trial trial, String code, String... members) {
        return failed(trial, code, service.copy(trial.request(members)));
    }

    JsonNode failed(Trial trial, String code, JsonNode job) {
        assertEquals("FAILED", job.path("state").asText(), job::toString);
        JsonNode problem = job.path("error");
        assertEquals(code, problem.path("code").asText(), problem::toString);
        assertFalse(problem.path("hint").asText().isBlank(), problem::toString);
        assertFalse(problem.path("detail").asText().isBlank(), problem::toString);
        assertEquals(job.path("id"), problem.path("jobId"), problem::toString);
        assertNothingHappened(trial);
        return problem;
    }

    /** The old target is the very database that it was, and neither server nor this machine has anything of a job's. */
    void assertNothingHappened(Trial trial) {
        assertEquals(trial.before(), trial.target().text(FINGERPRINT), "the old target");
        assertNothingLeft();
    }

    /** No database, no session, no file of a job's. */
    void assertNothingLeft() {
        for (TestServer server : List.of(TestServers.source(), TestServers.target())) {
            Awaitility.await("sessions are gone")
                    .atMost(Duration.ofSeconds(5))
                    .pollInterval(Duration.ofMillis(50))
                    .untilAsserted(() -> assertEquals("", sessions(server)));
        }
        assertEquals("", oursOn(TestServers.target()), "databases left on the target's server");
        assertEquals("", oursOn(TestServers.source()), "databases left on the source's server");
        assertEquals(List.of(), runFiles());
    }

    /** Waits until a session of the job on a server meets a condition on pg_stat_activity. */
    static void awaitSession(TestServer server, String jobId, String condition) {
        Awaitility.await(condition)
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertEquals(
                        "t",
                        postgres(server)
                                .text("SELECT count(*) > 0 FROM pg_stat_activity WHERE application_name = 'caravan "
                                        + jobId + "' AND " + condition),
                        () -> sessions(server)));
    }

    /** What sessions of jobs do on a server, or an empty text. */
    static String sessions(TestServer server) {
        return postgres(server)
                .text(
                        "SELECT coalesce(string_agg(application_name || ': ' || left(query, 80), '; '), '')"
                                + " FROM pg_stat_activity WHERE application_name LIKE 'caravan%' AND application_name <> 'caravan job store'");
    }

    static TestDatabase postgres(TestServer server) {
        return new TestDatabase(server, "postgres");
    }

    private static String oursOn(TestServer server) {
        return postgres(server)
                .text("SELECT coalesce(string_agg(datname, ', '), '') FROM pg_database"
                        + " WHERE datname ~ '_(caravan|before)_[0-9a-f]{8}$'");
    }

    private List<String> runFiles() {
        Path run = folder.resolve("run");
        if (!Files.exists(run)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(run)) {
            return files.filter(file -> !file.equals(run)).map(Path::toString).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (service != null) {
            service.close();
        }
        for (Trial trial : trials) {
            trial.source().close();
            trial.target().close();
        }
    }
}
