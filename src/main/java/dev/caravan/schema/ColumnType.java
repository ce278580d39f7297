package dev.caravan.schema;

import java.util.List;

/**
 * A column's type.
 *
 * @param oid the type's oid on the source
 * @param schema the schema it is in
 * @param name its name, without modifiers
 * @param kind what it is made of
 * @param binaryIo whether it has both a send and a receive function
 * @param parts the types inside: an array's element, a composite's attributes, a range's subtype, a domain's base
 * @param rules what the type itself demands of its values
 */
public record ColumnType(
        long oid, String schema, String name, Kind kind, boolean binaryIo, List<ColumnType> parts, Rules rules) {
    /** The first oid that initdb does not hand out: FirstNormalObjectId in access/transam.h. */
    private static final long FIRST_USER_OID = 16384;

    /** As pg_type.typtype tells, with arrays apart. */
    public enum Kind {
        BASE,
        ARRAY,
        COMPOSITE,
        DOMAIN,
        ENUM,
        RANGE,
        MULTIRANGE,
        PSEUDO
    }

    public ColumnType {
        parts = List.copyOf(parts);
    }

    /** A type that demands nothing of its values. */
    public ColumnType(long oid, String schema, String name, Kind kind, boolean binaryIo, List<ColumnType> parts) {
        this(oid, schema, name, kind, binaryIo, parts, Rules.NONE);
    }

    /**
     * What a type demands of its values.
     *
     * @param labels an enum's labels, in their order
     * @param notNull whether a domain refuses NULL
     * @param checks a domain's CHECK constraints, as pg_get_constraintdef gives them
     * @param modifier the type modifier that a domain gives its base; -1 for none
     */
    public record Rules(List<String> labels, boolean notNull, List<String> checks, int modifier) {
        public static final Rules NONE = new Rules(List.of(), false, List.of(), -1);

        public Rules {
            labels = List.copyOf(labels);
            checks = List.copyOf(checks);
        }
    }

    /** Whether every PostgreSQL server knows the type under this oid. */
    public boolean builtIn() {
        return oid < FIRST_USER_OID && schema.equals("pg_catalog");
    }
}
