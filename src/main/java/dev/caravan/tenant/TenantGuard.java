package dev.caravan.tenant;

import java.util.List;
import java.util.Map;

/**
 * What the tenant columns of every row of a part must say; a row that says otherwise is never written.
 *
 * @param columns the columns, of which one must say it, and how each is read
 * @param values what they may say, as texts
 * @param nobody whether a row may also belong to nobody: all of the columns are NULL
 */
public record TenantGuard(Map<String, Form> columns, List<String> values, boolean nobody) {
    /** How a column's value is read from a row. */
    public enum Form {
        /** Two, four or eight bytes. */
        NUMBER,
        UUID,
        TEXT,
        /** A text in which case does not count. */
        TEXT_IN_ANY_CASE,
        /** A text to which blanks are appended. */
        PADDED_TEXT,
        /** In binary rows it is not read: numeric has many forms of one number. */
        DECIMAL,
        /** It is not read: its collation takes different texts for equal, which the server alone can tell. */
        COLLATED
    }

    public TenantGuard {
        columns = Map.copyOf(columns);
        values = List.copyOf(values);
    }
}
