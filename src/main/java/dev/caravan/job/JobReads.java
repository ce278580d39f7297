package dev.caravan.job;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The store's questions: jobs, tables, events and what is kept with a job. Each names a missing job as {@code not-found}. */
final class JobReads {
    private final StoreDatabase database;

    JobReads(StoreDatabase database) {
        this.database = database;
    }

    CopyJob job(String id) {
        return database.transaction(
                        "reading a job",
                        connection -> Statements.row(
                                connection, JobRows::job, "SELECT " + JobRows.JOB + " FROM copy_job WHERE id = ?", id))
                .orElseThrow(() -> notFound(id));
    }

    long version(String id) {
        return database.read(
                        "reading a job's version",
                        connection -> Statements.row(
                                connection, row -> row.getLong(1), "SELECT version FROM copy_job WHERE id = ?", id))
                .orElseThrow(() -> notFound(id));
    }

    Map<JobState, Integer> countByState() {
        Map<JobState, Integer> counts = new EnumMap<>(JobState.class);
        database.transaction(
                        "counting jobs",
                        connection -> Statements.rows(
                                connection,
                                row -> Map.entry(JobState.valueOf(row.getString(1)), row.getInt(2)),
                                "SELECT state, count(*) FROM copy_job GROUP BY state"))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    private record Listed(CopyJob job, long ordinal) {}

    JobStore.Page<CopyJob> jobs(Optional<JobState> state, Optional<String> target, int limit, Optional<String> cursor) {
        List<Object> values = new ArrayList<>();
        StringBuilder where = new StringBuilder(" WHERE 1 = 1");
        state.ifPresent(wanted -> {
            where.append(" AND state = ?");
            values.add(wanted.name());
        });
        target.ifPresent(wanted -> {
            where.append(" AND target = ?");
            values.add(wanted);
        });
        cursor.ifPresent(after -> {
            where.append(" AND ordinal < ?");
            values.add(ordinal(after));
        });
        values.add(fetched(limit));
        String sql = "SELECT " + JobRows.JOB + ", ordinal FROM copy_job" + where + " ORDER BY ordinal DESC LIMIT ?";
        List<Listed> listed = database.transaction(
                "listing jobs",
                connection -> Statements.rows(
                        connection,
                        row -> new Listed(JobRows.job(row), row.getLong("ordinal")),
                        sql,
                        values.toArray()));
        JobStore.Page<Listed> page = page(listed, limit, last -> Cursor.of("jobs", String.valueOf(last.ordinal())));
        return new JobStore.Page<>(page.items().stream().map(Listed::job).toList(), page.next());
    }

    private static long ordinal(String cursor) {
        try {
            return Long.parseLong(Cursor.keys("jobs", 1, cursor).get(0));
        } catch (NumberFormatException e) {
            throw Cursor.invalid();
        }
    }

    JobStore.Page<TableProgress> tables(String id, int limit, Optional<String> cursor) {
        List<Object> values = new ArrayList<>(List.of(id));
        cursor.ifPresent(after -> values.addAll(Cursor.keys("tables", 2, after)));
        values.add(fetched(limit));
        String sql = "SELECT progress FROM copy_job_table WHERE job_id = ?"
                + (cursor.isPresent() ? " AND (schema_name, table_name) > (?, ?)" : "")
                + " ORDER BY schema_name, table_name LIMIT ?";
        List<TableProgress> tables = database.transaction(
                "reading a job's tables",
                connection -> Statements.rows(connection, JobRows::table, sql, values.toArray()));
        refuseUnknown(id, tables);
        return page(
                tables,
                limit,
                last -> Cursor.of("tables", last.table().schema(), last.table().name()));
    }

    List<JobEvent> events(String id, long after, int limit) {
        String sql = "SELECT sequence, happened_at, type, message FROM copy_job_event"
                + " WHERE job_id = ? AND sequence > ? ORDER BY sequence LIMIT ?";
        List<JobEvent> events = database.transaction(
                "reading a job's events",
                connection -> Statements.rows(connection, JobRows::event, sql, id, after, positive(limit)));
        refuseUnknown(id, events);
        return List.copyOf(events);
    }

    /** @param column a column of ours that holds JSON or null */
    <T> Optional<T> text(String id, String column, Class<T> type) {
        return database.transaction(
                        "reading a job's " + column,
                        connection -> Statements.row(
                                connection,
                                row -> Optional.ofNullable(row.getString(1)),
                                "SELECT " + column + " FROM copy_job WHERE id = ?",
                                id))
                .orElseThrow(() -> notFound(id))
                .map(json -> JobRows.read(json, type));
    }

    List<CopyJob> withoutLease(Instant now) {
        String sql = "SELECT " + JobRows.JOB + " FROM copy_job WHERE state IN ("
                + JobMoves.in(JobState.held())
                + ") AND (lease_until IS NULL OR lease_until < ?) ORDER BY ordinal";
        return List.copyOf(database.transaction(
                "looking for abandoned jobs",
                connection -> Statements.rows(connection, JobRows::job, sql, now.toEpochMilli())));
    }

    List<CopyJob> endedWithMark() {
        String sql = "SELECT " + JobRows.JOB + " FROM copy_job WHERE mark IS NOT NULL AND state NOT IN ("
                + JobMoves.in(JobState.active()) + ") ORDER BY ordinal";
        return List.copyOf(database.transaction(
                "looking for what ended jobs have left", connection -> Statements.rows(connection, JobRows::job, sql)));
    }

    static CaravanException notFound(String id) {
        return CaravanException.of(
                ErrorCode.NOT_FOUND, "There is no job " + id + ".", "GET /api/v1/copy-jobs lists the jobs there are.");
    }

    /** A job always has an event and mostly tables, so only an empty answer is worth the second question. */
    private void refuseUnknown(String id, List<?> found) {
        if (found.isEmpty()) {
            job(id);
        }
    }

    private static <T> JobStore.Page<T> page(List<T> fetched, int limit, Function<T, String> cursor) {
        return fetched.size() <= limit
                ? new JobStore.Page<>(fetched, Optional.empty())
                : new JobStore.Page<>(fetched.subList(0, limit), Optional.of(cursor.apply(fetched.get(limit - 1))));
    }

    /** One more than asked for shows whether there is a next page. */
    private static long fetched(int limit) {
        return positive(limit) + 1L;
    }

    private static int positive(int limit) {
        if (limit < 1) {
            throw CaravanException.of(ErrorCode.VALIDATION, "A page holds at least one item.", "Raise the limit.")
                    .with("parameter", "limit");
        }
        return limit;
    }
}
