package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.Trials.Trial;
import dev.caravan.servers.Programs;
import dev.caravan.servers.TestServer;
import dev.caravan.servers.TestServers;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source that is a hot standby: a physical copy of the source's server that follows it. */
class HotStandbyIT {
    private static Trials trials;
    private static Trial logged;
    private static Trial unlogged;
    private static String program;
    private static Path data;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws IOException {
        TestServer primary = TestServers.source();
        String binaries = "/usr/lib/postgresql/" + primary.major() + "/bin";
        Optional<Path> backup = Programs.find("pg_basebackup", binaries);
        Optional<Path> control = Programs.find("pg_ctl", binaries);
        Assumptions.assumeTrue(
                backup.isPresent() && control.isPresent(),
                "PostgreSQL's server programs of the source's version are not installed");
        Assumptions.assumeTrue(Programs.unprivilegedUserIsThere(), "there is no user postgres to run a server");
        trials = new Trials(folder);
        String rows = "CREATE TABLE item (id serial PRIMARY KEY, word text);"
                + " INSERT INTO item (word) SELECT md5(i::text) FROM generate_series(1, 2000) i;"
                + " SELECT lo_from_bytea(0, 'content');";
        logged = trials.add("logged", rows);
        unlogged = trials.add("unlogged", rows + "CREATE UNLOGGED TABLE passing (id int)");
        TestServer standby = standby(primary, backup.get(), control.get());
        for (Trial trial : new Trial[] {logged, unlogged}) {
            trials.with(
                    "caravan.connection.from-" + trial.name() + ".url",
                    standby.url(trial.source().name()));
        }
        trials.start();
    }

    private static TestServer standby(TestServer primary, Path backup, Path control) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        data = Programs.folder();
        Programs.run(
                backup.toString(),
                "--pgdata=" + data,
                "--write-recovery-conf",
                "--checkpoint=fast",
                "--wal-method=stream",
                "--no-sync",
                "--host=" + primary.host(),
                "--port=" + primary.port(),
                "--username=" + primary.superuser());
        program = control.toString();
        Programs.run(
                program,
                "--pgdata=" + data,
                "--wait",
                "--log=" + data.resolve("log"),
                "--options=-p " + port + " -k " + data + " -c max_connections=100 -c max_locks_per_transaction=128"
                        + " -c wal_level=logical -c fsync=off -c timezone=UTC",
                "start");
        return new TestServer("localhost", port, primary.superuser(), primary.password());
    }

    @AfterAll
    static void stop() {
        if (trials != null) {
            trials.close();
        }
        if (program != null) {
            Programs.run(program, "--pgdata=" + data, "--mode=immediate", "--wait", "stop");
            Programs.run("rm", "-r", data.toString());
        }
    }

    @Test
    void standbyIsCopied() {
        JsonNode job = trials.service().copy(logged.request("\"verify\":\"CONTENT\""));
        assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
        assertEquals("2000", logged.target().text("SELECT count(*) FROM item"));
        assertEquals("2001", logged.target().text("SELECT nextval('item_id_seq')"));
        assertEquals("1", logged.target().text("SELECT count(*) FROM pg_largeobject_metadata"));
        trials.assertNothingLeft();
    }

    @Test
    void unloggedTableThatAStandbyCannotReadIsRefused() {
        JsonNode problem = trials.fails(unlogged, "unsupported-object");
        assertTrue(problem.path("detail").asText().contains("public.passing"), problem::toString);
    }
}
