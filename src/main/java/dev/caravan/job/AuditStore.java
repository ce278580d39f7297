package dev.caravan.job;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who changed what. Nothing here is ever changed or removed. Thread-safe, also between processes on PostgreSQL. */
public final class AuditStore {
    private final StoreDatabase database;
    private final Clock clock;

    AuditStore(StoreDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @return the event as it was stored */
    public AuditEvent append(
            String caller,
            String role,
            String from,
            String operation,
            String path,
            int status,
            Optional<String> code,
            Optional<String> job) {
        Instant now = clock.instant();
        AuditEvent event =
                new AuditEvent(JobIds.next(now), now, caller, role, from, operation, path, status, code, job);
        database.transaction(
                "storing an audit event",
                connection -> Statements.update(
                        connection,
                        "INSERT INTO audit_event (id, happened_at, caller, role, remote, operation, path, status, code, job_id)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        event.id(),
                        now.toEpochMilli(),
                        caller,
                        role,
                        from,
                        operation,
                        path,
                        status,
                        code.orElse(null),
                        job.orElse(null)));
        return event;
    }

    /**
     * Events, newest first.
     *
     * @param before only those older than the event of this id
     */
    public JobStore.Page<AuditEvent> list(int limit, Optional<String> before) {
        List<AuditEvent> events = database.transaction(
                "reading audit events",
                connection -> Statements.rows(
                        connection,
                        AuditStore::event,
                        "SELECT id, happened_at, caller, role, remote, operation, path, status, code, job_id FROM audit_event"
                                + (before.isPresent() ? " WHERE id < ?" : "") + " ORDER BY id DESC LIMIT "
                                + (limit + 1),
                        before.stream().toArray()));
        return events.size() <= limit
                ? new JobStore.Page<>(events, Optional.empty())
                : new JobStore.Page<>(
                        events.subList(0, limit),
                        Optional.of(events.get(limit - 1).id()));
    }

    private static AuditEvent event(ResultSet row) throws SQLException {
        return new AuditEvent(
                row.getString("id"),
                Instant.ofEpochMilli(row.getLong("happened_at")),
                row.getString("caller"),
                row.getString("role"),
                row.getString("remote"),
                row.getString("operation"),
                row.getString("path"),
                row.getInt("status"),
                Optional.ofNullable(row.getString("code")),
                Optional.ofNullable(row.getString("job_id")));
    }
}
