package dev.caravan.job;

import java.util.List;

/**
 * What the search for source values in a masked copy found.
 *
 * @param values how many source values were looked for
 * @param columns how many masked columns they come from
 * @param tables how many tables and materialised views were searched to their end
 * @param rows how many rows were searched
 * @param catalogTexts how many comments, defaults, labels, bodies and bounds were searched
 * @param millis how long the searches of all parts and tables took together, in milliseconds; they run side by side
 * @param unchecked what was not searched, and of which columns no values were gathered, in words
 * @param hits what was found
 */
public record LeakReport(
        int values,
        int columns,
        int tables,
        long rows,
        int catalogTexts,
        long millis,
        List<String> unchecked,
        List<Hit> hits) {
    /**
     * @param column whose source values
     * @param where they were found: a column, or a kind of catalog text
     * @param count how often
     */
    public record Hit(String column, String where, long count) {}

    public LeakReport {
        unchecked = List.copyOf(unchecked);
        hits = List.copyOf(hits);
    }
}
