package dev.caravan.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The searches for personal data, of which the last hundred are kept. Thread-safe, also between processes on PostgreSQL. */
public final class PiiScanStore {
    private static final int KEPT = 100;
    private static final int MOST_WAITING = 20;
    /** A running search tells more often than this that it is alive. */
    private static final Duration SILENCE = Duration.ofMinutes(2);
    /** Longer than all that can wait before it take together: then the process that took it in is gone. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(4);

    private static final String COLUMNS =
            "id, state, request, created_at, created_by, started_at, ended_at, seen_at, tables_total,"
                    + " tables_done, report, error";

    private final StoreDatabase database;
    private final Clock clock;

    PiiScanStore(StoreDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @throws CaravanException {@code queue-full} */
    public PiiScan create(PiiScanRequest request, Optional<String> createdBy) {
        Instant now = clock.instant();
        String id = JobIds.next(now);
        return database.transaction("storing a search for personal data", connection -> {
            giveUpSilent(connection);
            long waiting = Statements.row(
                            connection,
                            row -> row.getLong(1),
                            "SELECT count(*) FROM pii_scan WHERE state IN ('QUEUED', 'RUNNING')")
                    .orElse(0L);
            if (waiting >= MOST_WAITING) {
                throw CaravanException.of(
                        ErrorCode.QUEUE_FULL,
                        MOST_WAITING + " searches for personal data are waiting or running.",
                        "Wait until one of them has ended.");
            }
            Statements.update(
                    connection,
                    "INSERT INTO pii_scan (id, state, request, created_at, created_by, seen_at, tables_done) VALUES (?, 'QUEUED', ?, ?, ?, ?, 0)",
                    id,
                    written(request),
                    now.toEpochMilli(),
                    createdBy.orElse(null),
                    now.toEpochMilli());
            Statements.update(
                    connection,
                    "DELETE FROM pii_scan WHERE state NOT IN ('QUEUED', 'RUNNING') AND id NOT IN (SELECT id FROM pii_scan ORDER BY id DESC LIMIT "
                            + KEPT + ")");
            return find(connection, id);
        });
    }

    /** @throws CaravanException {@code not-found} */
    public PiiScan get(String id) {
        return database.transaction("reading a search for personal data", connection -> {
            giveUpSilent(connection);
            return find(connection, id);
        });
    }

    /** The searches without their reports, newest first. */
    public List<PiiScan> list(int limit) {
        return database.transaction("reading the searches for personal data", connection -> {
            giveUpSilent(connection);
            return Statements.rows(
                    connection,
                    PiiScanStore::scan,
                    "SELECT " + COLUMNS.replace(" report,", " NULL AS report,")
                            + " FROM pii_scan ORDER BY id DESC LIMIT " + limit);
        });
    }

    /** Makes a waiting one a running one. @return absent when it no longer waits */
    public Optional<PiiScan> start(String id) {
        long now = clock.millis();
        return database.transaction(
                "starting a search for personal data",
                connection -> Statements.update(
                                        connection,
                                        "UPDATE pii_scan SET state = 'RUNNING', started_at = ?, seen_at = ? WHERE id = ? AND state = 'QUEUED'",
                                        now,
                                        now,
                                        id)
                                == 1
                        ? Optional.of(find(connection, id))
                        : Optional.empty());
    }

    public void progress(String id, int total, int done) {
        database.transaction(
                "storing the progress of a search",
                connection -> Statements.update(
                        connection,
                        "UPDATE pii_scan SET tables_total = ?, tables_done = ?, seen_at = ? WHERE id = ? AND state = 'RUNNING'",
                        total,
                        done,
                        clock.millis(),
                        id));
    }

    public void succeeded(String id, PiiScanReport report) {
        end(id, JobState.SUCCEEDED, written(report), null);
    }

    public void failed(String id, Problem error) {
        end(id, JobState.FAILED, null, written(error));
    }

    private void end(String id, JobState state, String report, String error) {
        long now = clock.millis();
        database.transaction(
                "ending a search for personal data",
                connection -> Statements.update(
                        connection,
                        "UPDATE pii_scan SET state = ?, ended_at = ?, seen_at = ?, report = ?, error = ? WHERE id = ? AND state IN ('QUEUED', 'RUNNING')",
                        state.name(),
                        now,
                        now,
                        report,
                        error,
                        id));
    }

    /** The process of a search that says nothing any more has ended. */
    private void giveUpSilent(Connection connection) throws SQLException {
        giveUp(connection, SILENCE, LONGEST_WAIT);
    }

    /** What a process that is gone had taken in; to be called at the start, when no other process can have the store. */
    public void giveUpEarlier() {
        if (database.dialect() == Dialect.SQLITE) {
            database.transaction("ending searches of a process that is gone", connection -> {
                giveUp(connection, Duration.ofMillis(-1), Duration.ofMillis(-1));
                return null;
            });
        }
    }

    private void giveUp(Connection connection, Duration silence, Duration wait) throws SQLException {
        Problem error = Problem.of(CaravanException.of(
                ErrorCode.INTERRUPTED,
                "The service stopped before the search ended.",
                "Start the search again; it only reads."));
        long now = clock.millis();
        Statements.update(
                connection,
                "UPDATE pii_scan SET state = 'FAILED', ended_at = ?, error = ? WHERE state = 'RUNNING' AND seen_at < ? OR state = 'QUEUED' AND seen_at < ?",
                now,
                written(error),
                now - silence.toMillis(),
                now - wait.toMillis());
    }

    private static PiiScan find(Connection connection, String id) throws SQLException {
        return Statements.row(connection, PiiScanStore::scan, "SELECT " + COLUMNS + " FROM pii_scan WHERE id = ?", id)
                .orElseThrow(() -> CaravanException.of(
                        ErrorCode.NOT_FOUND,
                        "There is no such search for personal data.",
                        "The last " + KEPT + " are kept; GET /api/v1/pii-scans lists them."));
    }

    private static PiiScan scan(ResultSet row) throws SQLException {
        long started = row.getLong("started_at");
        boolean begun = !row.wasNull();
        long ended = row.getLong("ended_at");
        boolean over = !row.wasNull();
        int total = row.getInt("tables_total");
        OptionalInt tables = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(total);
        return new PiiScan(
                row.getString("id"),
                JobState.valueOf(row.getString("state")),
                read(row.getString("request"), PiiScanRequest.class),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Optional.ofNullable(row.getString("created_by")),
                begun ? Optional.of(Instant.ofEpochMilli(started)) : Optional.empty(),
                over ? Optional.of(Instant.ofEpochMilli(ended)) : Optional.empty(),
                tables,
                row.getInt("tables_done"),
                Optional.ofNullable(read(row.getString("report"), PiiScanReport.class)),
                Optional.ofNullable(read(row.getString("error"), Problem.class)));
    }

    private static String written(Object value) {
        try {
            return Json.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our records can always be written", e);
        }
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return json == null ? null : Json.MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            // The text is ours, but a later release may have written it.
            throw CaravanException.of(
                    ErrorCode.INTERNAL,
                    "A stored search cannot be read by this release.",
                    "Start a new search, or run the release that wrote it.");
        }
    }
}
