package dev.caravan.source;

import dev.caravan.connection.ClientProgram;
import dev.caravan.connection.ClientTools;
import dev.caravan.connection.ConnectionConfig;
import dev.caravan.connection.RunDirectory;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs pg_dump for the definitions, under the job's snapshot. One run; any thread may {@link #close()} it. */
final class SchemaDump implements AutoCloseable {
    private final ClientProgram program;

    SchemaDump(ClientTools tools, ConnectionConfig source, RunDirectory run, String applicationName) {
        program = new ClientProgram(
                tools.pgDump(),
                ClientProgram.environment(
                        source,
                        source.database(),
                        run.passfile(List.of(source)),
                        applicationName,
                        Map.of(
                                "default_transaction_read_only", "on",
                                "statement_timeout", "0",
                                "idle_in_transaction_session_timeout", "0")));
    }

    /** @return the definitions as an archive in pg_dump's custom format; it holds no row */
    byte[] run(String snapshotId, Duration lockTimeout) {
        return program.run(
                List.of(
                        "--format=custom",
                        "--schema-only",
                        "--no-subscriptions",
                        "--snapshot=" + snapshotId,
                        "--lock-wait-timeout=" + lockTimeout.toMillis(),
                        "--no-password"),
                new byte[0]);
    }

    @Override
    public void close() {
        program.close();
    }
}
