package dev.caravan.tenant;

import dev.caravan.mask.VirtualKey;
import dev.caravan.schema.Catalog;
import dev.caravan.schema.Column;
import dev.caravan.schema.ColumnType;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.ForeignKey;
import dev.caravan.schema.Index;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gathers the keys along which rows are followed, declared and virtual. */
final class References {
    private static final Set<String> WHOLE_NUMBERS = Set.of("int2", "int4", "int8", "numeric");
    private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar", "name", "citext");

    private final Map<TableName, Table> relations;
    private final List<Index> indexes;
    private final List<TenantProblem> problems;
    private final List<Reference> all = new ArrayList<>();

    /** @param problems gets one for each virtual key that the database cannot have */
    References(
            Catalog catalog,
            List<VirtualKey> virtualKeys,
            Map<TableName, Table> relations,
            List<TenantProblem> problems) {
        this.relations = relations;
        this.indexes = catalog.indexes();
        this.problems = problems;
        for (ForeignKey key : catalog.foreignKeys()) {
            if (relations.containsKey(key.table()) && relations.containsKey(key.referenced())) {
                add(
                        key.name(),
                        key.table(),
                        key.columns(),
                        key.referenced(),
                        key.referencedColumns(),
                        false,
                        true,
                        key.full());
            }
        }
        virtualKeys.stream()
                .filter(key -> !catalog.excluded().contains(key.table())
                        && !catalog.excluded().contains(key.referenced()))
                .forEach(this::addVirtual);
    }

    List<Reference> all() {
        return all;
    }

    private void addVirtual(VirtualKey key) {
        boolean known = true;
        for (int i = 0; i < key.columns().size(); i++) {
            Optional<Column> from = column(key.table(), key.columns().get(i), key.origin());
            Optional<Column> to =
                    column(key.referenced(), key.referencedColumns().get(i), key.origin());
            known &= from.isPresent() && to.isPresent();
            if (from.isPresent()
                    && to.isPresent()
                    && !comparable(from.get().type(), to.get().type())) {
                known = false;
                problems.add(new TenantProblem(
                        ErrorCode.TENANT_SCOPE,
                        "The virtual key " + key.origin() + " pairs " + key.table() + "."
                                + key.columns().get(i)
                                + " with " + key.referenced() + "."
                                + key.referencedColumns().get(i) + ", whose types cannot be equal.",
                        "Pair columns of one type, or of two whole numbers or two texts."));
            }
        }
        if (known) {
            add(
                    "virtual key " + key.origin(),
                    key.table(),
                    key.columns(),
                    key.referenced(),
                    key.referencedColumns(),
                    true,
                    unique(key.referenced(), key.referencedColumns()),
                    false);
        }
    }

    private boolean unique(TableName table, List<String> columns) {
        return indexes.stream()
                .filter(index -> index.table().equals(table)
                        && index.valid()
                        && index.definition().startsWith("CREATE UNIQUE INDEX"))
                .map(Index::demands)
                .anyMatch(demands -> !demands.expressions()
                        && demands.predicate().isEmpty()
                        && columns.containsAll(demands.columns()));
    }

    private Optional<Column> column(TableName table, String name, String origin) {
        Optional<Column> column = Optional.ofNullable(relations.get(table)).stream()
                .flatMap(it -> it.columns().stream())
                .filter(it -> it.name().equals(name))
                .findFirst();
        if (column.isEmpty()) {
            problems.add(new TenantProblem(
                    ErrorCode.TENANT_SCOPE,
                    "There is no column " + table + "." + name + ", which the virtual key " + origin + " names.",
                    "Correct the name in the policy."));
        }
        return column;
    }

    private static boolean comparable(ColumnType one, ColumnType other) {
        ColumnType a = TenantValues.base(one);
        ColumnType b = TenantValues.base(other);
        return a.oid() == b.oid()
                || WHOLE_NUMBERS.contains(a.name()) && WHOLE_NUMBERS.contains(b.name())
                || TEXTS.contains(a.name()) && TEXTS.contains(b.name());
    }

    private void add(
            String name,
            TableName table,
            List<String> columns,
            TableName referenced,
            List<String> referencedColumns,
            boolean virtual,
            boolean unique,
            boolean full) {
        all.add(new Reference(
                name,
                top(table),
                table,
                columns,
                top(referenced),
                referenced,
                referencedColumns,
                virtual,
                unique,
                full));
    }

    private TableName top(TableName relation) {
        TableName top = relation;
        while (relations.get(top).partitionOf().isPresent()) {
            top = relations.get(top).partitionOf().get();
        }
        return top;
    }
}
