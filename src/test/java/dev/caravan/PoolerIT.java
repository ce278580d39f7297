package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.Trials.Trial;
import dev.caravan.servers.Programs;
import dev.caravan.servers.TestServer;
import dev.caravan.servers.TestServers;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source behind PgBouncer: refused where sessions are swapped between transactions, copied where they are not. */
class PoolerIT {
    private static Trials trials;
    private static Trial swapped;
    private static Trial kept;
    private static Path pooler;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws IOException {
        Optional<Path> program = Programs.find("pgbouncer", "/usr/sbin");
        Assumptions.assumeTrue(program.isPresent(), "pgbouncer is not installed");
        Assumptions.assumeTrue(Programs.unprivilegedUserIsThere(), "there is no user postgres to run pgbouncer");
        trials = new Trials(folder);
        swapped = trials.add("swapped", "CREATE TABLE item AS SELECT 1 AS id");
        kept = trials.add("kept", "CREATE TABLE item AS SELECT 1 AS id");
        TestServer source = TestServers.source();
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        pooler = Programs.folder();
        Path settings = Files.createTempFile("pgbouncer", ".ini");
        Files.writeString(
                settings, """
                [databases]
                %1$s = host=127.0.0.1 port=%3$d pool_mode=transaction user=postgres
                %2$s = host=127.0.0.1 port=%3$d pool_mode=session user=postgres
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %4$d
                unix_socket_dir =
                auth_type = any
                ignore_startup_parameters = extra_float_digits,options,application_name
                pidfile = %5$s/pid
                logfile = %5$s/log
                """.formatted(swapped.source().name(), kept.source().name(), source.port(), port, pooler));
        Files.setPosixFilePermissions(settings, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        Programs.run(program.get().toString(), "--daemon", settings.toString());
        Files.delete(settings);
        TestServer pooled = new TestServer("127.0.0.1", port, source.superuser(), source.password());
        for (Trial trial : new Trial[] {swapped, kept}) {
            trials.with(
                    "caravan.connection.from-" + trial.name() + ".url",
                    pooled.url(trial.source().name()));
        }
        trials.start();
    }

    @AfterAll
    static void stop() throws IOException {
        if (pooler != null) {
            Programs.run("kill", "-INT", Files.readString(pooler.resolve("pid")).strip());
            Programs.run("rm", "-r", pooler.toString());
        }
        if (trials != null) {
            trials.close();
        }
    }

    @Test
    void poolerThatSwapsSessionsBetweenTransactionsIsRefused() {
        JsonNode job = trials.service().copy(swapped.request());
        assertEquals("connection-pooled", job.path("error").path("code").asText(), job::toString);
        // The pooler keeps its own sessions on the server for the next client, so only the target is looked at.
        assertEquals(swapped.before(), swapped.target().text(Trials.FINGERPRINT));
    }

    @Test
    void poolerThatKeepsSessionsIsReadThrough() {
        JsonNode job = trials.service().copy(kept.request());
        assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
        assertEquals("1", kept.target().text("SELECT count(*) FROM item"));
    }
}
