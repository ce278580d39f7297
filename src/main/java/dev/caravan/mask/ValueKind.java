package dev.caravan.mask;

import dev.caravan.schema.ColumnType;
import java.util.Map;

/** What a column's values are to a masker, whatever the type is called. A domain is what its base is; an array, what its elements are. */
public enum ValueKind {
    /** text, varchar, bpchar, name, citext, xml. */
    TEXT,
    /** int2, int4, int8. */
    INTEGER,
    /** numeric. */
    DECIMAL,
    /** float4, float8. */
    FLOAT,
    BOOLEAN,
    DATE,
    /** time, timetz. */
    TIME,
    /** timestamp, timestamptz. */
    TIMESTAMP,
    UUID,
    /** json, jsonb. */
    JSON,
    HSTORE,
    /** bytea. */
    BYTES,
    /** inet, cidr. */
    INET,
    /** macaddr, macaddr8. */
    MACADDR,
    ENUM,
    /** Everything else: such a value can be kept, emptied or replaced by a literal of its type. */
    OTHER;

    private static final Map<String, ValueKind> BUILT_IN = Map.ofEntries(
            Map.entry("text", TEXT),
            Map.entry("varchar", TEXT),
            Map.entry("bpchar", TEXT),
            Map.entry("name", TEXT),
            Map.entry("xml", TEXT),
            Map.entry("int2", INTEGER),
            Map.entry("int4", INTEGER),
            Map.entry("int8", INTEGER),
            Map.entry("numeric", DECIMAL),
            Map.entry("float4", FLOAT),
            Map.entry("float8", FLOAT),
            Map.entry("bool", BOOLEAN),
            Map.entry("date", DATE),
            Map.entry("time", TIME),
            Map.entry("timetz", TIME),
            Map.entry("timestamp", TIMESTAMP),
            Map.entry("timestamptz", TIMESTAMP),
            Map.entry("uuid", UUID),
            Map.entry("json", JSON),
            Map.entry("jsonb", JSON),
            Map.entry("bytea", BYTES),
            Map.entry("inet", INET),
            Map.entry("cidr", INET),
            Map.entry("macaddr", MACADDR),
            Map.entry("macaddr8", MACADDR));

    /** The kind of a type's values, or of its elements' when it is an array. */
    public static ValueKind of(ColumnType type) {
        ColumnType base = elementary(type);
        if (arrays(type) > 1) {
            // An array's elements are arrays only over a domain; such a one is read as an element is.
            return OTHER;
        }
        if (base.kind() == ColumnType.Kind.ENUM) {
            return ENUM;
        }
        if (base.kind() != ColumnType.Kind.BASE) {
            return OTHER;
        }
        if (!base.builtIn()) {
            return switch (base.name()) {
                case "citext" -> TEXT;
                case "hstore" -> HSTORE;
                default -> OTHER;
            };
        }
        return BUILT_IN.getOrDefault(base.name(), OTHER);
    }

    private static int arrays(ColumnType type) {
        int arrays = 0;
        for (ColumnType inner = type; ; inner = inner.parts().get(0)) {
            boolean array = inner.kind() == ColumnType.Kind.ARRAY;
            arrays += array ? 1 : 0;
            if (!array && inner.kind() != ColumnType.Kind.DOMAIN
                    || inner.parts().isEmpty()) {
                return arrays;
            }
        }
    }

    /** Whether it is an array, or a domain over one. */
    public static boolean isArray(ColumnType type) {
        ColumnType inner = type;
        while (inner.kind() == ColumnType.Kind.DOMAIN) {
            inner = inner.parts().get(0);
        }
        return inner.kind() == ColumnType.Kind.ARRAY;
    }

    /** The type inside all domains and arrays. */
    public static ColumnType elementary(ColumnType type) {
        ColumnType inner = type;
        while ((inner.kind() == ColumnType.Kind.DOMAIN || inner.kind() == ColumnType.Kind.ARRAY)
                && !inner.parts().isEmpty()) {
            inner = inner.parts().get(0);
        }
        return inner;
    }
}
