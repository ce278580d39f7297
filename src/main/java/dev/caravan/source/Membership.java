package dev.caravan.source;

import dev.caravan.schema.TableName;
import dev.caravan.tenant.TableScope;
import dev.caravan.tenant.TakenRows;
import dev.caravan.tenant.TenantSql;
import java.sql.SQLException;
import java.util.Optional;

/** Whether single rows are among those that are taken, and because of what. Not thread-safe. */
final class Membership {
    private final TakenRows taken;
    private final TenantSql sql;
    private final RowSearch search;

    /** Why a row is taken. */
    enum Because {
        WHOLE_TABLE,
        BELONGING,
        REFERENCED,
        INCLUDED
    }

    Membership(TakenRows taken, RowSearch search) {
        this.taken = taken;
        this.sql = new TenantSql(taken.scopes());
        this.search = search;
    }

    /** Absent for a row that is not taken. */
    Optional<Because> because(SourceRow row) throws SQLException {
        TableScope scope = scope(row);
        if (scope.kind() == TableScope.Kind.ALL) {
            return Optional.of(Because.WHOLE_TABLE);
        }
        if (belongs(row)) {
            return Optional.of(Because.BELONGING);
        }
        if (taken.included(scope.table()).contains(row.relation(), row.tid())) {
            return Optional.of(Because.INCLUDED);
        }
        Optional<String> condition = sql.referenced(scope.table(), "r");
        return taken.referenced(scope.table()).contains(row.relation(), row.tid())
                        || condition.isPresent() && search.meets(row, condition.get())
                ? Optional.of(Because.REFERENCED)
                : Optional.empty();
    }

    boolean belongs(SourceRow row) throws SQLException {
        TableScope scope = scope(row);
        Optional<String> condition = scope.belongs() ? sql.belongs(scope.table(), "r") : Optional.empty();
        return condition.isPresent()
                ? search.meets(row, condition.get())
                : taken.belonging(scope.table()).contains(row.relation(), row.tid());
    }

    /** What is true of the rows of a table that are taken and not listed; absent where every one is listed. */
    Optional<String> condition(TableScope scope) {
        return switch (scope.kind()) {
            case ALL -> Optional.of("TRUE");
            case BELONGING -> sql.belongs(scope.table(), "r");
            default -> sql.referenced(scope.table(), "r");
        };
    }

    /** Whether it is taken by its place, and not by a condition. */
    boolean listed(SourceRow row) {
        TableName table = scope(row).table();
        return taken.belonging(table).contains(row.relation(), row.tid())
                || taken.referenced(table).contains(row.relation(), row.tid())
                || taken.included(table).contains(row.relation(), row.tid());
    }

    private TableScope scope(SourceRow row) {
        return taken.scopes().of(row.relation());
    }
}
