package dev.caravan.plan;

import dev.caravan.schema.TableName;
import java.util.List;
import java.util.Optional;

/**
 * Whether the target would take a row whose values the policy writes out: each must be a value of its column's type, what is computed from them too,
 * and the condition must not be false.
 *
 * @param table the table, by whose name expressions may call the row
 * @param row the columns that the policy gives values to
 * @param computed the generated columns that the condition reads
 * @param condition an expression of the source's own over both, as the catalog prints it; empty when there is none
 */
public record Question(TableName table, List<Value> row, List<Computed> computed, String condition) {
    public Question {
        row = List.copyOf(row);
        computed = List.copyOf(computed);
    }

    /** How a column holds a written value. */
    public enum Shape {
        /** The text is the value. */
        SINGLE,
        /** The text is the value of an array's elements. */
        ELEMENT,
        /** The text is a JSON document. */
        DOCUMENT
    }

    /**
     * @param column the column's name
     * @param declared its type as SQL names it, with its modifier
     * @param shape how it holds the text
     * @param text the value as PostgreSQL prints it; absent for NULL
     */
    public record Value(String column, String declared, Shape shape, Optional<String> text) {
        /** Says what it is, never what it holds. */
        @Override
        public String toString() {
            return "a value of " + column;
        }
    }

    /**
     * @param column the column's name
     * @param declared its type as SQL names it, with its modifier
     * @param shape a document is cast to its type, as an integer is; anything else is read from its text, since a cast would cut it
     * @param expression what it is computed by
     */
    public record Computed(String column, String declared, Shape shape, String expression) {}
}
