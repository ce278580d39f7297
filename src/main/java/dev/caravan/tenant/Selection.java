package dev.caravan.tenant;

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
 */
public record Selection(
        Reason reason,
        Optional<String> predicate,
        Optional<RowList> rows,
        Optional<RowList> except,
        List<String> emptied,
        Optional<TenantGuard> guard) {
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
    }
}
