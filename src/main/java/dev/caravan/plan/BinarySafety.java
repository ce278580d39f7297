package dev.caravan.plan;

import dev.caravan.schema.Column;
import dev.caravan.schema.ColumnType;
import dev.caravan.schema.Table;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a table can travel as binary COPY. Binary is the one lever that clearly matters for speed, and silently wrong where
 * a value carries an oid of the source: so every doubt means text.
 */
final class BinarySafety {
    /**
     * Types whose binary form is a bare oid of the source's catalog: regproc, regprocedure, regoper, regoperator, regclass,
     * regcollation, regtype, regrole, regnamespace, regconfig, regdictionary (pg_type.dat).
     */
    private static final Set<Long> OID_ALIASES =
            Set.of(24L, 2202L, 2203L, 2204L, 2205L, 4191L, 2206L, 4096L, 4089L, 3734L, 3769L);

    /** An empty tsquery sends a form that tsqueryrecv refuses: seen with PostgreSQL 15. */
    private static final long TSQUERY = 3615;

    /** Before this major, array_recv and record_recv insist on the element type's oid. */
    private static final int MAJOR_THAT_IGNORES_ELEMENT_OIDS = 14;

    private final int sourceMajor;
    private final int targetMajor;

    BinarySafety(int sourceMajor, int targetMajor) {
        this.sourceMajor = sourceMajor;
        this.targetMajor = targetMajor;
    }

    /** Why the table must travel as text, in words; empty when binary is safe. */
    Optional<String> reasonForText(Table table) {
        for (Column column : table.copiedColumns()) {
            Optional<String> reason = reason(column.type(), false);
            if (reason.isPresent()) {
                return Optional.of("column " + column.name() + ": " + reason.get());
            }
        }
        return Optional.empty();
    }

    private Optional<String> reason(ColumnType type, boolean insideContainer) {
        if (!type.binaryIo()) {
            return Optional.of("type " + type.name() + " has no binary form");
        }
        if (type.oid() == TSQUERY) {
            return Optional.of("type tsquery cannot receive an empty query that it has sent");
        }
        if (OID_ALIASES.contains(type.oid())) {
            return Optional.of("type " + type.name() + " would carry an oid of the source");
        }
        if (!type.builtIn() && sourceMajor != targetMajor && type.kind() == ColumnType.Kind.BASE) {
            return Optional.of("type " + type.name() + " is an extension's, and the servers' versions differ");
        }
        if (!type.builtIn() && insideContainer && targetMajor < MAJOR_THAT_IGNORES_ELEMENT_OIDS) {
            return Optional.of("an array or composite of " + type.name() + " would carry the type's oid");
        }
        boolean container = type.kind() == ColumnType.Kind.ARRAY || type.kind() == ColumnType.Kind.COMPOSITE;
        for (ColumnType part : type.parts()) {
            Optional<String> reason = reason(part, insideContainer || container);
            if (reason.isPresent()) {
                return reason;
            }
        }
        return Optional.empty();
    }
}
