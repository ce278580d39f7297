package dev.caravan.connection;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Runs one PostgreSQL client program to its end. The command line holds options and role names only: where to connect and as
 * whom stands in the environment, the password in a file.
 *
 * <p>One thread runs it; any thread may {@link #close()} it, which ends the program.
 */
public final class ClientProgram implements AutoCloseable {
    private static final long GRACE_SECONDS = 3;
    private static final List<String> INHERITED =
            List.of("PATH", "HOME", "LD_LIBRARY_PATH", "TZ", "TMPDIR", "KRB5_CONFIG", "KRB5CCNAME");
    private static final Map<String, String> FROM_PROPERTIES = Map.of(
            "sslmode", "PGSSLMODE",
            "sslrootcert", "PGSSLROOTCERT",
            "sslcert", "PGSSLCERT",
            "sslkey", "PGSSLKEY",
            "gssEncMode", "PGGSSENCMODE");

    private final Path program;
    private final Map<String, String> environment;
    private Process process;
    private boolean closed;

    /**
     * @param environment the whole environment of the program
     */
    public ClientProgram(Path program, Map<String, String> environment) {
        this.program = program;
        this.environment = Map.copyOf(environment);
    }

    /**
     * The environment that leads a client program to a database.
     *
     * @param database the database to open, which may be another than the connection's own
     * @param passfile libpq's password file
     * @param applicationName shown in pg_stat_activity
     * @param settings server settings of the session, such as {@code statement_timeout=0}
     */
    public static Map<String, String> environment(
            ConnectionConfig config,
            String database,
            Path passfile,
            String applicationName,
            Map<String, String> settings) {
        Map<String, String> variables = cleanEnvironment();
        variables.put("PGHOST", config.url().host());
        variables.put("PGPORT", String.valueOf(config.url().port()));
        variables.put("PGUSER", config.username());
        variables.put("PGDATABASE", database);
        variables.put("PGPASSFILE", passfile.toString());
        variables.put("PGAPPNAME", applicationName);
        variables.put(
                "PGCONNECT_TIMEOUT",
                String.valueOf(Math.max(2, config.connectTimeout().toSeconds())));
        StringBuilder options = new StringBuilder();
        settings.forEach((name, value) ->
                options.append(" -c ").append((name + "=" + value).replaceAll("([\\\\\\s])", "\\\\$1")));
        variables.put("PGOPTIONS", options.toString().trim());
        FROM_PROPERTIES.forEach((property, variable) -> {
            if (config.url().properties().containsKey(property)) {
                variables.put(variable, config.url().properties().get(property));
            }
        });
        return variables;
    }

    /** What a client program needs of ours: never a PG variable, never a secret that the service was started with. */
    static Map<String, String> cleanEnvironment() {
        Map<String, String> variables = new TreeMap<>();
        for (String name : INHERITED) {
            if (System.getenv(name) != null) {
                variables.put(name, System.getenv(name));
            }
        }
        variables.put("LC_ALL", "C");
        return variables;
    }

    /**
     * Runs the program and waits for its end; an interrupt ends it.
     *
     * @param input what it reads from standard input
     * @return what it wrote to standard output
     * @throws CaravanException {@code tool-failed} or a code that says more, with the program's own words where they hold no
     *     value; {@code interrupted} when it was ended by {@link #close()} or an interrupt
     */
    public byte[] run(List<String> arguments, byte[] input) {
        Process running = start(arguments);
        CompletableFuture<Void> written = CompletableFuture.runAsync(() -> write(running, input), this::onThread);
        CompletableFuture<byte[]> output =
                CompletableFuture.supplyAsync(() -> drained(running.getInputStream()), this::onThread);
        CompletableFuture<byte[]> said =
                CompletableFuture.supplyAsync(() -> drained(running.getErrorStream()), this::onThread);
        try {
            int status = running.waitFor();
            written.get();
            String errors = new String(said.get(), StandardCharsets.UTF_8);
            if (isClosed()) {
                throw interrupted();
            }
            if (status != 0 && !ClientErrors.onlyTransactionTimeout(errors)) {
                throw ClientErrors.failure(name(), status, ClientErrors.safeLines(errors));
            }
            return output.get();
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw interrupted();
        } catch (ExecutionException | CompletionException e) {
            throw isClosed()
                    ? interrupted()
                    : CaravanException.of(
                            ErrorCode.TOOL_FAILED, name() + " cannot be read from.", "Run the job again.");
        } finally {
            kill(running);
        }
    }

    /**
     * Ends the process alone. {@link Process#destroyForcibly} closes its streams, too, under the threads that read them: a descriptor's number may then be
     * another program's before such a thread asks for it, which takes that program's output away.
     */
    private static void kill(Process running) {
        running.toHandle().destroyForcibly();
    }

    private void onThread(Runnable work) {
        Thread thread = new Thread(work, name());
        thread.setDaemon(true);
        thread.start();
    }

    private synchronized Process start(List<String> arguments) {
        if (closed) {
            throw interrupted();
        }
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            process = builder.start();
            return process;
        } catch (IOException e) {
            throw CaravanException.of(
                    ErrorCode.TOOL_MISSING,
                    program + " cannot be started.",
                    "Check that the file is a program that the service's user may run.");
        }
    }

    private static void write(Process running, byte[] input) {
        try (OutputStream stdin = running.getOutputStream()) {
            stdin.write(input);
        } catch (IOException e) {
            // It stopped reading, which only matters when it failed: then its status and its own words say why.
        }
    }

    private static byte[] drained(InputStream stream) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (stream) {
            stream.transferTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Ends the program: politely, then after three seconds for good. Does nothing when it has ended. */
    @Override
    public void close() {
        Process running;
        synchronized (this) {
            closed = true;
            running = process;
        }
        if (running == null || !running.isAlive()) {
            return;
        }
        running.toHandle().destroy();
        try {
            if (!running.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                kill(running);
            }
        } catch (InterruptedException e) {
            kill(running);
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private String name() {
        return program.getFileName().toString();
    }

    private CaravanException interrupted() {
        return CaravanException.of(ErrorCode.INTERRUPTED, name() + " was ended.", "Run the job again.");
    }
}
