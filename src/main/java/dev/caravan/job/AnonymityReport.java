package dev.caravan.job;

import dev.caravan.schema.TableName;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How many rows of a masked table share their quasi-identifiers.
 *
 * @param table the table
 * @param columns the columns that the policy names
 * @param rows how many rows the table has
 * @param groups how many different combinations of values there are
 * @param smallest rows in the smallest group: the k of k-anonymity; absent for an empty table
 * @param minimum what the policy demands; absent when it only measures
 * @param rowsBelow rows in groups smaller than the minimum
 */
public record AnonymityReport(
        TableName table,
        List<String> columns,
        long rows,
        long groups,
        OptionalLong smallest,
        OptionalInt minimum,
        long rowsBelow) {
    public AnonymityReport {
        columns = List.copyOf(columns);
    }
}
