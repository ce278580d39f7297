package dev.caravan.source;

import dev.caravan.plan.Evaluable;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.Catalog;
import dev.caravan.schema.CheckConstraint;
import dev.caravan.schema.Column;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.Identifiers;
import dev.caravan.schema.Table;
import dev.caravan.tenant.Selection;
import dev.caravan.tenant.TakenRows;
import dev.caravan.tenant.TenantProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Asks the source whether rows whose references into other tenants are emptied still meet the CHECK constraints of their table. Not thread-safe. */
public final class EmptiedChecks {
    private final SourceJob source;
    private final Catalog catalog;
    private final TakenRows taken;
    private final Consumer<String> warnings;

    /** @param warnings gets a sentence for a constraint that cannot be asked */
    public EmptiedChecks(SourceJob source, Catalog catalog, TakenRows taken, Consumer<String> warnings) {
        this.source = source;
        this.catalog = catalog;
        this.taken = taken;
        this.warnings = warnings;
    }

    /** @throws CaravanException {@code cross-tenant-reference} with every constraint that rows would violate, and their number */
    public void check() {
        List<TenantProblem> problems = new ArrayList<>();
        for (CheckConstraint check : catalog.checks()) {
            expression(check).ifPresent(expression -> {
                long rows = violating(check, expression);
                if (rows > 0) {
                    problems.add(
                            new TenantProblem(
                                    ErrorCode.CROSS_TENANT_REFERENCE,
                                    "Emptied references into other tenants would violate the CHECK constraint "
                                            + check.name() + " ("
                                            + String.join(", ", check.columns()) + ") of " + check.table() + " in "
                                            + rows
                                            + (rows == 1 ? " row." : " rows."),
                                    "Send crossTenant include, name another column under nullify in the policy, or mend the rows on the source."));
                }
            });
        }
        TenantProblem.throwIfAny(problems);
    }

    /** Absent where nobody asks it of rows that are loaded. */
    private static Optional<String> expression(CheckConstraint check) {
        String definition = check.definition();
        return definition.endsWith(" NOT ENFORCED") || definition.endsWith(" NOT VALID")
                ? Optional.empty()
                : Optional.of(definition.replaceFirst("^CHECK ", "").replaceFirst(" NO INHERIT$", ""));
    }

    private long violating(CheckConstraint check, String expression) {
        long rows = 0;
        Table table = taken.scopes().relations().get(check.table());
        if (table == null || table.kind() == Table.Kind.PARTITIONED) {
            return 0;
        }
        for (Selection selection : taken.selections(check.table()).orElse(List.of())) {
            if (selection.emptied().stream().noneMatch(check.columns()::contains)) {
                continue;
            }
            if (computed(table, check) || !evaluable(table, selection, expression)) {
                warnings.accept(cannotBeAsked(check));
                return 0;
            }
            String query = "SELECT count(*) FROM (SELECT " + Selection.ALIAS + ".tableoid, " + columns(table, selection)
                    + " FROM ONLY " + table.name().quoted() + " " + Selection.ALIAS + " WHERE " + Selection.ALIAS
                    + ".ctid = ANY (" + selection.rows().orElseThrow().sql() + ")) " + Selection.ALIAS + " WHERE ("
                    + expression
                    + ") IS FALSE";
            try {
                rows += source.besides(
                        "asking a CHECK constraint", session -> Rows.of(session, query, row -> row.getLong(1))
                                .get(0));
            } catch (CaravanException e) {
                if (e.code() != ErrorCode.DATABASE && e.code() != ErrorCode.INSUFFICIENT_PRIVILEGE) {
                    throw e;
                }
                warnings.accept(cannotBeAsked(check));
                return 0;
            }
        }
        return rows;
    }

    /** A column that is computed from an emptied one has on the source what it is there, and not what it will be. */
    private static boolean computed(Table table, CheckConstraint check) {
        return table.columns().stream()
                .anyMatch(column -> column.generated() && check.columns().contains(column.name()));
    }

    /** A function of the database's own would run with the rights of Caravan's role, as in a domain's CHECK of the NULL that is put there. */
    private static boolean evaluable(Table table, Selection selection, String expression) {
        return Evaluable.expression(expression, table.columns())
                && table.columns().stream()
                        .filter(column -> selection.emptied().contains(column.name()))
                        .allMatch(column ->
                                Evaluable.value(column, Optional.empty()).isPresent());
    }

    private static String cannotBeAsked(CheckConstraint check) {
        return "Whether rows of " + check.table() + " with emptied references meet its CHECK constraint " + check.name()
                + " cannot be asked of the source; the load fails if one does not.";
    }

    private static String columns(Table table, Selection selection) {
        return table.columns().stream()
                .map(column -> selection.emptied().contains(column.name())
                        ? "NULL::" + type(column) + " AS " + Identifiers.quoted(column.name())
                        : Selection.ALIAS + "." + Identifiers.quoted(column.name()))
                .collect(Collectors.joining(", "));
    }

    private static String type(Column column) {
        return Identifiers.quoted(column.type().schema()) + "."
                + Identifiers.quoted(column.type().name());
    }
}
