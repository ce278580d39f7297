package dev.caravan.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** A server that one test has for itself, to stop and start as it likes. Skips the calling test where there are no server programs. */
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
        return server;
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
                "--options=-p " + port + " -k " + data + " -c max_connections=50 -c fsync=off -c timezone=UTC",
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
