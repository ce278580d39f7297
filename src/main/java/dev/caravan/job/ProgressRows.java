package dev.caravan.job;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** The rows that say how far a job is: its own, and one for each of its tables. */
final class ProgressRows {
    private ProgressRows() {}

    /** @return how many jobs were told: 1, or 0 when it does not run */
    static int save(Connection connection, String id, Progress progress, List<TableProgress> tables)
            throws SQLException {
        int running = Statements.update(
                connection,
                "UPDATE copy_job SET progress = ?, version = version + 1 WHERE id = ? AND state IN ("
                        + JobMoves.in(JobState.held()) + ")",
                JobRows.json(progress),
                id);
        if (running == 1 && !tables.isEmpty()) {
            saveTables(connection, id, tables);
        }
        return running;
    }

    private static void saveTables(Connection connection, String id, List<TableProgress> tables) throws SQLException {
        String upsert = "INSERT INTO copy_job_table (job_id, schema_name, table_name, progress) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT (job_id, schema_name, table_name) DO UPDATE SET progress = excluded.progress";
        try (PreparedStatement statement = connection.prepareStatement(upsert)) {
            for (TableProgress table : tables) {
                Statements.bind(
                        statement, id, table.table().schema(), table.table().name(), JobRows.json(table));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
