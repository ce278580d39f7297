package dev.caravan.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One moment of a job, ready to be shown.
 *
 * @param tables the job's tables as far as they are known; empty when the display does not want them
 * @param bytesPerSecond rate of the tables that are being copied, by name; a table is missing until two counts of it are known
 * @param elapsed since the client began to follow the job
 */
record Frame(JobView job, List<TableView> tables, Map<String, Long> bytesPerSecond, Duration elapsed) {
    Frame {
        tables = List.copyOf(tables);
        bytesPerSecond = Map.copyOf(bytesPerSecond);
    }
}
