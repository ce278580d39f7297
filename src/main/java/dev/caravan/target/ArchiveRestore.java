package dev.caravan.target;

import dev.caravan.connection.ClientProgram;
import dev.caravan.connection.ClientTools;
import dev.caravan.connection.RunDirectory;
import dev.caravan.target.Archive.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Restores chosen entries of an archive into the staging database with pg_restore. One restore at a time; {@link #close()} from
 * another thread ends it.
 */
public final class ArchiveRestore implements AutoCloseable {
    private final ClientTools tools;
    private final RunDirectory run;
    private final TargetServer server;
    private final StagingDatabase staging;
    private final List<String> options;
    private ClientProgram program;
    private boolean closed;

    /**
     * @param run where the list of entries and the password are kept meanwhile; stays the caller's
     * @param ownership decides whose the objects are
     * @param limits decides about tablespaces
     */
    public ArchiveRestore(
            ClientTools tools,
            RunDirectory run,
            TargetServer server,
            StagingDatabase staging,
            Ownership ownership,
            RestoreLimits limits) {
        this.tools = tools;
        this.run = run;
        this.server = server;
        this.staging = staging;
        this.options = new ArrayList<>(ownership.restoreOptions());
        if (!limits.tablespaces()) {
            options.add("--no-tablespaces");
        }
        // The program makes a setting that an older server refuses, which ClientProgram passes over: it must not be the
        // end.
        if (limits.transactionTimeout() || tools.major() < RestoreLimits.TRANSACTION_TIMEOUT) {
            options.add("--exit-on-error");
        }
    }

    /** Restores these entries in the archive's order; nothing is done for an empty list. */
    public void restore(Archive archive, List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        StringBuilder list = new StringBuilder();
        entries.forEach(entry -> list.append(entry.dumpId()).append(";\n"));
        List<String> arguments = new ArrayList<>(options);
        arguments.add("--no-password");
        arguments.add("--use-list=" + run.file("entries", list.toString()));
        // An empty name makes libpq take the database from the environment as it is; a name here it would read as
        // a connection string if it looks like one.
        arguments.add("--dbname=");
        try (ClientProgram running = begin()) {
            running.run(arguments, archive.content());
        }
    }

    private synchronized ClientProgram begin() {
        program = new ClientProgram(
                tools.pgRestore(),
                ClientProgram.environment(
                        server.config(),
                        staging.name(),
                        run.passfile(List.of(server.config())),
                        server.applicationName(),
                        Map.of("statement_timeout", "0", "synchronous_commit", "off", "lock_timeout", "30s")));
        if (closed) {
            program.close();
        }
        return program;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (program != null) {
            program.close();
        }
    }
}
