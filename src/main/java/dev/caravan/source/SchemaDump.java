package dev.caravan.source;

import dev.caravan.connection.ClientProgram;
import dev.caravan.connection.ClientTools;
import dev.caravan.connection.ConnectionConfig;
import dev.caravan.connection.RunDirectory;
import dev.caravan.schema.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

    /**
     * @param excluded relations that are not in it
     * @return the definitions as an archive in pg_dump's custom format; it holds no row
     */
    byte[] run(String snapshotId, Duration lockTimeout, Set<TableName> excluded) {
        List<String> options = new ArrayList<>(List.of(
                "--format=custom",
                "--schema-only",
                "--no-subscriptions",
                "--snapshot=" + snapshotId,
                "--lock-wait-timeout=" + lockTimeout.toMillis(),
                "--no-password"));
        // In double quotes nothing of a name is a pattern.
        excluded.forEach(name -> options.add("--exclude-table=" + name.quoted()));
        return program.run(options, new byte[0]);
    }

    @Override
    public void close() {
        program.close();
    }
}
