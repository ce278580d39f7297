package dev.caravan.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * A server that one test has for itself, to stop and start as it likes, and to copy to: of the newest version that is installed. Skips the
 * calling test where there are no server programs, or none as new as {@link TestServers#source()}.
 */
public final class OwnServer implements AutoCloseable {
    private final Path data;
    private final Path control;
    private final int port;

    private OwnServer(Path data, Path control, int port) {
        this.data = data;
        this.control = control;
        this.port = port;
    }

    public static OwnServer start() {
        Optional<Path> initdb = Optional.empty();
        Optional<Path> control = Optional.empty();
        for (int major = 18; major >= 13 && control.isEmpty(); major--) {
            String binaries = "/usr/lib/postgresql/" + major + "/bin";
            initdb = Programs.find("initdb", binaries);
            control = Programs.find("pg_ctl", binaries);
        }
        Assumptions.assumeTrue(
                initdb.isPresent() && control.isPresent() && Programs.unprivilegedUserIsThere(),
                "PostgreSQL's server programs are not installed");
        Path data = Programs.folder();
        Programs.run(
                initdb.get().toString(),
                "--pgdata=" + data,
                "--username=postgres",
                "--auth=trust",
                "--no-sync",
                "--locale=C.UTF-8",
                "--encoding=UTF8");
        OwnServer server = new OwnServer(data, control.get(), freePort());
        server.begin();
        if (server.server().major() < TestServers.source().major()) {
            server.close();
            Assumptions.abort("PostgreSQL's server programs are older than the source");
        }
        return server;
    }

    /**
     * A physical copy of a server, which follows it until {@link #promote}. Skips the calling test where there are no server programs
     * of its version.
     */
    public static OwnServer standbyOf(TestServer primary) {
        String binaries = "/usr/lib/postgresql/" + primary.major() + "/bin";
        Optional<Path> backup = Programs.find("pg_basebackup", binaries);
        Optional<Path> control = Programs.find("pg_ctl", binaries);
        Assumptions.assumeTrue(
                backup.isPresent() && control.isPresent() && Programs.unprivilegedUserIsThere(),
                "PostgreSQL's server programs of version " + primary.major() + " are not installed");
        Path data = Programs.folder();
        Programs.run(
                backup.get().toString(),
                "--pgdata=" + data,
                "--write-recovery-conf",
                "--checkpoint=fast",
                "--wal-method=stream",
                "--no-sync",
                "--host=" + primary.host(),
                "--port=" + primary.port(),
                "--username=" + primary.superuser());
        OwnServer server = new OwnServer(data, control.get(), freePort());
        server.begin();
        return server;
    }

    /** A standby becomes a server of its own: a physical clone. */
    public void promote() {
        Programs.run(control.toString(), "--pgdata=" + data, "--wait", "promote");
    }

    /** Moves its databases' files into a folder; the write-ahead log stays. */
    public void moveDatabases(Path folder) {
        crash();
        Programs.run("mv", data.resolve("base").toString(), folder.toString());
        Programs.run(
                "ln",
                "-s",
                folder.resolve("base").toString(),
                data.resolve("base").toString());
        begin();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where its files are. */
    public Path data() {
        return data;
    }

    public TestServer server() {
        return new TestServer("localhost", port, "postgres", "postgres");
    }

    /** Starts it again. */
    public void begin() {
        Programs.run(
                control.toString(),
                "--pgdata=" + data,
                "--wait",
                "--log=" + data.resolve("log"),
                "--options=-p " + port + " -k " + data + " -c max_connections=100"
                        + " -c max_locks_per_transaction=128 -c wal_level=logical -c fsync=off -c timezone=UTC",
                "start");
    }

    /** Ends it at once, as a crash would. */
    public void crash() {
        Programs.run(control.toString(), "--pgdata=" + data, "--mode=immediate", "--wait", "stop");
    }

    @Override
    public void close() {
        try {
            crash();
        } catch (IllegalStateException e) {
            // It was stopped already.
        }
        Programs.run("rm", "-r", data.toString());
    }
}
