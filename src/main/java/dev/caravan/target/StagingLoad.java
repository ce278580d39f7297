package dev.caravan.target;

import dev.caravan.connection.SessionPool;
import dev.caravan.job.Report.ViolatedKey;
import dev.caravan.plan.ForeignKeyBuild;
import dev.caravan.plan.IndexBuild;
import dev.caravan.plan.Part;
import dev.caravan.plan.TableFinish;
import dev.caravan.schema.ForeignKey;
import dev.caravan.schema.MaterializedView;
import dev.caravan.schema.SequenceValue;
import dev.caravan.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** What fills a staging database: rows, indexes, keys, and what follows them, through a pool of sessions. Thread-safe. */
public final class StagingLoad implements AutoCloseable {
    private final TargetServer server;
    private final SessionPool sessions;
    private final IndexBuilder indexes;
    private final String token;
    private final Queue<ForeignKey> waiting = new ConcurrentLinkedQueue<>();
    private final Queue<ForeignKey> virtual = new ConcurrentLinkedQueue<>();

    private StagingLoad(TargetServer server, SessionPool sessions, IndexBuilder indexes, String token) {
        this.server = server;
        this.sessions = sessions;
        this.indexes = indexes;
        this.token = token;
    }

    /**
     * @param role the role that owns the new objects, when it is not the login
     * @param token lets writers through the ledger's fence
     */
    static StagingLoad open(
            TargetServer server,
            StagingDatabase staging,
            Optional<String> role,
            String maintenanceWorkMem,
            int size,
            String token) {
        try (Connection session = staging.open(server)) {
            return new StagingLoad(
                    server,
                    LoadSessions.pool(server, staging, role, maintenanceWorkMem, size),
                    IndexBuilder.on(session, maintenanceWorkMem),
                    token);
        } catch (SQLException e) {
            throw server.failed(e, "reading the tablespaces");
        }
    }

    SessionPool sessions() {
        return sessions;
    }

    public PartWriter writer(Part part) {
        return new PartWriter(part, sessions, token);
    }

    public LargeObjectWriter largeObjectWriter() {
        return new LargeObjectWriter(sessions, token);
    }

    /**
     * The values of a column of a loaded table, each once, without NULL.
     *
     * @param type the column's base type in SQL
     * @return them as PostgreSQL prints an array; absent when they are too many for a statement
     */
    public Optional<String> keys(TableName table, String column, String type) {
        return inSession("reading the keys of " + table, session -> LoadedKeys.read(session, table, column, type));
    }

    public void build(IndexBuild unit) {
        run("building the index " + unit.index().name(), indexes.build(unit));
    }

    /** @return a warning when its statistics could not be gathered */
    public Optional<String> finish(TableFinish unit) {
        run("finishing " + unit.table(), indexes.finish(unit));
        return unit.analyze() ? analyze(unit.table()) : Optional.empty();
    }

    /** @return what violates the key, when it could only be restored NOT VALID; a key whose rows are to be dropped waits */
    public Optional<ViolatedKey> add(ForeignKeyBuild unit, ForeignKeyBuilder.Judge judge) {
        return inSession(
                "adding a foreign key",
                session -> ForeignKeyBuilder.add(session, server.config().name(), unit, waiting::add, judge));
    }

    /** Takes a virtual key, to be held where rows are dropped. @param violated whether rows that violate it are to be */
    public void hold(ForeignKey key, boolean violated) {
        virtual.add(key);
        if (violated) {
            waiting.add(key);
        }
    }

    /**
     * Drops the rows that violate the keys that wait, and adds these.
     *
     * @param keys every declared key of the job
     * @return what was dropped, by key and table
     */
    public List<ViolatedKey> dropOrphans(Collection<ForeignKey> keys) {
        List<ForeignKey> all = Stream.concat(keys.stream(), virtual.stream()).toList();
        return waiting.isEmpty()
                ? List.of()
                : inSession("dropping rows that violate a key", session -> KeyRepair.run(session, waiting, all));
    }

    public void setSequences(List<SequenceValue> values) {
        run("setting the sequences", FinishingStatements.sequences(values));
    }

    /** Takes sequences on to the loaded rows that have values beyond them. */
    public void takeSequencesOn() {
        inSession("taking the sequences on", session -> {
            SequencesBehind.takeOn(session);
            return Optional.empty();
        });
    }

    /** Refreshes those that the source has populated, each after those it reads. */
    public void refresh(List<MaterializedView> views) {
        for (String statement : FinishingStatements.refresh(views)) {
            run("refreshing a materialised view", List.of(statement));
        }
    }

    /**
     * Gathers statistics. A table with foreign tables among its children cannot be sampled without the user mappings that were left
     * out, which is no reason to fail.
     *
     * @return a warning when they could not be gathered
     */
    public Optional<String> analyze(TableName table) {
        return inSession("gathering statistics", session -> {
            try {
                TargetServer.execute(session, "ANALYZE " + table.quoted());
                return Optional.empty();
            } catch (SQLException e) {
                String state = String.valueOf(e.getSQLState());
                if (state.startsWith("HV") || state.equals("42704")) {
                    return Optional.of(
                            "The statistics of " + table + " could not be gathered: SQLSTATE " + state + ".");
                }
                throw e;
            }
        });
    }

    /** Runs the operator's files. */
    public void runAfterLoad() {
        inSession("running the operator's files", session -> {
            AfterLoad.run(session, server.config().name(), server.config().afterLoad());
            TargetServer.execute(session, "SET search_path = ''");
            return Optional.empty();
        });
    }

    /** Something to do with a session. */
    @FunctionalInterface
    public interface Reading {
        void with(Connection session) throws SQLException;
    }

    /** Reads what is loaded, while others work on. @param doing for an error */
    public void read(String doing, Reading reading) {
        inSession(doing, session -> {
            reading.with(session);
            return Optional.empty();
        });
    }

    private interface Use<T> {
        T with(Connection session) throws SQLException;
    }

    private void run(String doing, List<String> statements) {
        if (statements.isEmpty()) {
            return;
        }
        inSession(doing, session -> {
            for (String statement : statements) {
                TargetServer.execute(session, statement);
            }
            return Optional.empty();
        });
    }

    private <T> T inSession(String doing, Use<T> use) {
        Connection session = sessions.borrow();
        boolean usable = false;
        try {
            T result = use.with(session);
            usable = true;
            return result;
        } catch (SQLException e) {
            throw server.failed(e, doing);
        } finally {
            if (usable) {
                sessions.giveBack(session);
            } else {
                sessions.discard(session);
            }
        }
    }

    /** Closes every session, also those in use. */
    @Override
    public void close() {
        sessions.close();
    }
}
