package dev.caravan.source;

import dev.caravan.schema.ColumnFacts;
import dev.caravan.schema.ColumnType;
import dev.caravan.schema.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads what limits columns and what depends on them: one query per kind of fact for all tables. */
final class ColumnFactsReader {
    /** Bytes that a type modifier of varchar, bpchar and numeric counts in front (VARHDRSZ). */
    private static final int MODIFIER_HEADER = 4;

    private static final int NAME_LENGTH = 63;

    private static final String SEQUENCES = """
            SELECT d.refobjid, d.refobjsubid, n.nspname, c.relname
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid
              AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
            WHERE c.relkind = 'S'
            UNION SELECT ad.adrelid, ad.adnum, n.nspname, c.relname
            FROM pg_catalog.pg_attrdef ad
            JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_attrdef'::regclass AND d.objid = ad.oid
              AND d.refclassid = 'pg_catalog.pg_class'::regclass
            JOIN pg_catalog.pg_class c ON c.oid = d.refobjid AND c.relkind = 'S'
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            ORDER BY 1, 2, 3, 4""";

    /** A partitioned table's columns depend on the table as a whole when its key reads them, expressions included. */
    private static final String PARTITION_KEYS = """
            SELECT p.partrelid, u.num FROM pg_catalog.pg_partitioned_table p
            CROSS JOIN LATERAL pg_catalog.unnest(p.partattrs::int2[]) AS u(num) WHERE u.num > 0
            UNION SELECT p.partrelid, d.objsubid FROM pg_catalog.pg_partitioned_table p
            JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = p.partrelid AND d.objsubid > 0
              AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = p.partrelid AND d.refobjsubid = 0
              AND d.deptype = 'i'""";

    /** Servers before 15 note the dependency on the column, later ones on its expression. */
    private static final String INPUTS = """
            SELECT a.attrelid, a.attnum, i.attname FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_attrdef ad ON ad.adrelid = a.attrelid AND ad.adnum = a.attnum
            JOIN pg_catalog.pg_depend d ON (d.classid = 'pg_catalog.pg_attrdef'::regclass AND d.objid = ad.oid
                OR d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = a.attrelid AND d.objsubid = a.attnum)
              AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = a.attrelid
            JOIN pg_catalog.pg_attribute i ON i.attrelid = a.attrelid AND i.attnum = d.refobjsubid AND i.attnum <> a.attnum
            WHERE a.attgenerated <> '' AND a.attnum > 0 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3""";

    private static final String NONDETERMINISTIC = """
            SELECT a.attrelid, a.attnum FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_collation c ON c.oid = a.attcollation
            WHERE a.attnum > 0 AND NOT a.attisdropped AND pg_catalog.to_jsonb(c) ->> 'collisdeterministic' = 'false'""";

    /** With the empty search path, under which all of this is read, every name in them is qualified. */
    private static final String WORDS = """
            SELECT a.attrelid, a.attnum, pg_catalog.format_type(a.atttypid, a.atttypmod),
              CASE WHEN a.attgenerated <> '' THEN pg_catalog.pg_get_expr(ad.adbin, ad.adrelid) END
            FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_catalog.pg_attrdef ad ON ad.adrelid = a.attrelid AND ad.adnum = a.attnum
            WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND %s""".formatted(LockedTable.IN_COPY);

    private final Map<Place, Words> words = new HashMap<>();
    private final Set<Place> nondeterministic = new HashSet<>();
    private final Map<Place, List<TableName>> sequences = new HashMap<>();
    private final Set<Place> partitionKeys = new HashSet<>();
    private final Map<Place, List<String>> inputs = new HashMap<>();

    private record Words(String type, String expression) {}

    private record Place(long table, int number) {
        static Place of(ResultSet row) throws SQLException {
            return new Place(row.getLong(1), row.getInt(2));
        }
    }

    private ColumnFactsReader() {}

    static ColumnFactsReader read(Connection session) throws SQLException {
        ColumnFactsReader facts = new ColumnFactsReader();
        Rows.of(session, SEQUENCES, row -> facts.sequences
                .computeIfAbsent(Place.of(row), unused -> new ArrayList<>())
                .add(new TableName(row.getString(3), row.getString(4))));
        Rows.of(session, PARTITION_KEYS, row -> facts.partitionKeys.add(Place.of(row)));
        Rows.of(session, INPUTS, row -> facts.inputs
                .computeIfAbsent(Place.of(row), unused -> new ArrayList<>())
                .add(row.getString(3)));
        Rows.of(session, WORDS, row -> facts.words.put(Place.of(row), new Words(row.getString(3), row.getString(4))));
        Rows.of(session, NONDETERMINISTIC, row -> facts.nondeterministic.add(Place.of(row)));
        return facts;
    }

    /** @param modifier the column's own, -1 for none */
    ColumnFacts of(long table, int number, ColumnType type, int modifier, boolean identity) {
        ColumnType inner = type;
        int limit = modifier;
        while ((inner.kind() == ColumnType.Kind.DOMAIN || inner.kind() == ColumnType.Kind.ARRAY)
                && !inner.parts().isEmpty()) {
            limit = Math.max(limit, inner.rules().modifier());
            inner = inner.parts().get(0);
        }
        Place place = new Place(table, number);
        boolean limited = limit >= MODIFIER_HEADER && inner.builtIn();
        boolean numeric = limited && inner.name().equals("numeric");
        int digits = limit - MODIFIER_HEADER;
        Words spelled = words.getOrDefault(place, new Words("", null));
        return new ColumnFacts(
                maxLength(inner, limited, digits),
                numeric ? OptionalInt.of(digits >> 16 & 0xFFFF) : OptionalInt.empty(),
                numeric ? OptionalInt.of(((digits & 0x7FF) ^ 0x400) - 0x400) : OptionalInt.empty(),
                sequences.getOrDefault(place, List.of()),
                identity,
                partitionKeys.contains(place),
                inputs.getOrDefault(place, List.of()),
                nondeterministic.contains(place),
                spelled.type(),
                Optional.ofNullable(spelled.expression()));
    }

    private static OptionalInt maxLength(ColumnType inner, boolean limited, int characters) {
        if (limited && (inner.name().equals("varchar") || inner.name().equals("bpchar"))) {
            return OptionalInt.of(characters);
        }
        return inner.builtIn() && inner.name().equals("name") ? OptionalInt.of(NAME_LENGTH) : OptionalInt.empty();
    }
}
