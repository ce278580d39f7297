package dev.caravan.plan;

import dev.caravan.schema.Column;
import dev.caravan.schema.ColumnType;
import dev.caravan.schema.ForeignKey;
import dev.caravan.schema.Index;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import java.util.List;
import java.util.Optional;

/** Small values for tests of plans. */
final class Samples {
    static final ColumnType INT = base(23, "int4");

    private Samples() {}

    static ColumnType base(long oid, String name) {
        return new ColumnType(oid, "pg_catalog", name, ColumnType.Kind.BASE, true, List.of());
    }

    static TableName name(String name) {
        return new TableName("public", name);
    }

    static ForeignKey key(long oid, String table, String referenced) {
        return new ForeignKey(
                oid,
                "k" + oid,
                name(table),
                List.of("a"),
                name(referenced),
                List.of("id"),
                List.of("="),
                "FOREIGN KEY …",
                true);
    }

    static Table table(String name, long pages) {
        return table(name, pages, Table.Kind.PLAIN, List.of(INT), Optional.empty());
    }

    static Table table(String name, long pages, Table.Kind kind, List<ColumnType> types, Optional<String> condition) {
        List<Column> columns = new java.util.ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            columns.add(new Column("c" + i, types.get(i), false, false));
        }
        return new Table(
                name.hashCode(),
                name(name),
                kind,
                columns,
                pages,
                pages * 8192,
                -1,
                Optional.empty(),
                Optional.empty(),
                condition,
                List.of(),
                false,
                false,
                false);
    }

    static Index index(long oid, String table, long bytes, boolean collated) {
        return new Index(
                oid,
                name("i" + oid),
                name(table),
                Optional.empty(),
                "CREATE INDEX …",
                bytes,
                collated,
                true,
                false,
                false,
                List.of(),
                Optional.empty());
    }
}
