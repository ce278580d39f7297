package dev.caravan.tenant;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * Which rows of a table one part takes.
 *
 * @param reason why they are taken
 * @param predicate a condition in SQL on rows under the alias {@code r}
 * @param rows the rows themselves
 * @param except rows that another part takes
 * @param emptied columns that arrive as NULL, since they reference another tenant's row
 * @param guard what the rows' tenant columns must say
 * @param referencing a key by whose loaded rows the predicate may be said more cheaply; all of them are loaded before
 * @param byPages whether an index finds the rows, and they are read in the order of their pages: for a predicate that the server takes
 *     for one of few rows, and would fetch one by one
 */
public record Selection(
        Reason reason,
        Optional<String> predicate,
        Optional<RowList> rows,
        Optional<RowList> except,
        List<String> emptied,
        Optional<TenantGuard> guard,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<ReferencingKey> referencing,
        boolean byPages) {
    /** Why rows are taken. */
    public enum Reason {
        /** They belong to a chosen tenant, or to a shared table. */
        BELONGING,
        /** Taken rows reference them. */
        REFERENCED,
        /** Taken rows reference them, and they belong to other tenants: included on purpose. */
        INCLUDED
    }

    /** The alias of the rows in {@link #predicate}. */
    public static final String ALIAS = "r";

    public Selection {
        emptied = List.copyOf(emptied);
        referencing = referencing == null ? Optional.empty() : referencing;
    }

    /** Rows whose predicate stands as it is. */
    Selection(
            Reason reason,
            Optional<String> predicate,
            Optional<RowList> rows,
            Optional<RowList> except,
            List<String> emptied,
            Optional<TenantGuard> guard) {
        this(reason, predicate, rows, except, emptied, guard, Optional.empty(), false);
    }

    /** The same rows, read page by page. */
    Selection readByPages() {
        return new Selection(reason, predicate, rows, except, emptied, guard, referencing, true);
    }

    /** The same rows by another predicate. */
    public Selection by(String other) {
        return new Selection(reason, Optional.of(other), rows, except, emptied, guard);
    }

    /** The same rows by the predicate alone. */
    public Selection byPredicate() {
        return new Selection(reason, predicate, rows, except, emptied, guard);
    }
}
