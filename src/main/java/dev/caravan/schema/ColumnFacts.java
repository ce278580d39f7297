package dev.caravan.schema;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a column's values must fit, and what follows from them. Limits count through domains and arrays: they are those of the innermost type.
 *
 * @param maxLength the most characters that a text may have
 * @param precision a numeric's digits
 * @param scale a numeric's digits after the point; negative when digits before it are rounded away
 * @param sequences the sequences that give the column its values: an identity's, an owned one, one that its default calls
 * @param identity whether it is an identity column
 * @param partitionKey whether the table is partitioned by it, alone, with others or inside an expression
 * @param inputs of a generated column: the columns that it is computed from
 * @param nondeterministic whether its collation may hold different texts for equal
 * @param declared its type as SQL names it, qualified and with its modifier: format_type; empty where it was not read
 * @param expression of a generated column: what it is computed by, as pg_get_expr gives it
 */
public record ColumnFacts(
        OptionalInt maxLength,
        OptionalInt precision,
        OptionalInt scale,
        List<TableName> sequences,
        boolean identity,
        boolean partitionKey,
        List<String> inputs,
        boolean nondeterministic,
        String declared,
        Optional<String> expression) {
    public static final ColumnFacts NONE = new ColumnFacts(
            OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), List.of(), false, false, List.of(), false);

    /** Of a column of which SQL's own words are not known. */
    public ColumnFacts(
            OptionalInt maxLength,
            OptionalInt precision,
            OptionalInt scale,
            List<TableName> sequences,
            boolean identity,
            boolean partitionKey,
            List<String> inputs,
            boolean nondeterministic) {
        this(
                maxLength,
                precision,
                scale,
                sequences,
                identity,
                partitionKey,
                inputs,
                nondeterministic,
                "",
                Optional.empty());
    }

    public ColumnFacts {
        sequences = List.copyOf(sequences);
        inputs = List.copyOf(inputs);
    }
}
