package dev.caravan.mask;

import java.util.List;

/**
 * A condition on one column of the source's row: equal to one of the values as PostgreSQL prints them, or NULL.
 *
 * @param column the column's name
 * @param in values, one of which it is; empty when only NULL is meant
 * @param orNull whether NULL fulfils it
 * @param negated whether it holds when all this does not
 */
public record Condition(String column, List<String> in, boolean orNull, boolean negated) {
    public Condition {
        in = List.copyOf(in);
    }

    /** @param text the value as PostgreSQL prints it, null for NULL */
    public boolean holds(String text) {
        boolean found = text == null ? orNull : in.contains(text);
        return found != negated;
    }
}
