package dev.caravan.tenant;

import dev.caravan.schema.Column;
import dev.caravan.schema.ColumnType;
import dev.caravan.schema.Identifiers;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The chosen tenants as values of a column's type. */
final class TenantValues {
    private static final Map<String, Integer> INTEGER_BITS = Map.of("int2", 15, "int4", 31, "int8", 63);
    private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar", "name", "citext");

    private TenantValues() {}

    /** What stands for a tenant in this type, or why the type or a value will not do; exactly one of both is there. */
    record Result(Optional<List<String>> values, Optional<String> fault) {}

    /** @param tenants numbers and texts, as the request has them */
    static Result of(List<Object> tenants, ColumnType type) {
        ColumnType base = base(type);
        boolean builtIn = base.builtIn();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < tenants.size(); i++) {
            String text = String.valueOf(tenants.get(i));
            Optional<String> value;
            String wanted;
            if (builtIn && INTEGER_BITS.containsKey(base.name())) {
                value = integer(text, INTEGER_BITS.get(base.name()));
                wanted = "a number of the type " + base.name();
            } else if (builtIn && base.name().equals("numeric")) {
                value = integer(text, 1000);
                wanted = "a whole number";
            } else if (builtIn && base.name().equals("uuid")) {
                value = uuid(text);
                wanted = "a UUID";
            } else if (TEXTS.contains(base.name())) {
                value = text.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(text);
                wanted = "a text";
            } else {
                return new Result(
                        Optional.empty(), Optional.of("is of the type " + base.name() + ", which names no tenant"));
            }
            if (value.isEmpty()) {
                return new Result(
                        Optional.empty(), Optional.of("needs " + wanted + ", which onlyTenants[" + i + "] is not"));
            }
            values.add(value.get());
        }
        return new Result(Optional.of(List.copyOf(values)), Optional.empty());
    }

    /** The values as an array of the type in SQL. */
    static String array(List<String> values, ColumnType type) {
        ColumnType base = base(type);
        String elements = values.stream()
                .map(value -> '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
        return Identifiers.literal(elements) + "::" + Identifiers.quoted(base.schema()) + "."
                + Identifiers.quoted(base.name()) + "[]";
    }

    static TenantGuard.Form form(Column column) {
        if (column.facts().nondeterministic()) {
            return TenantGuard.Form.COLLATED;
        }
        return switch (base(column.type()).name()) {
            case "int2", "int4", "int8" -> TenantGuard.Form.NUMBER;
            case "numeric" -> TenantGuard.Form.DECIMAL;
            case "uuid" -> TenantGuard.Form.UUID;
            case "citext" -> TenantGuard.Form.TEXT_IN_ANY_CASE;
            case "bpchar" -> TenantGuard.Form.PADDED_TEXT;
            default -> TenantGuard.Form.TEXT;
        };
    }

    static ColumnType base(ColumnType type) {
        ColumnType base = type;
        while (base.kind() == ColumnType.Kind.DOMAIN) {
            base = base.parts().get(0);
        }
        return base;
    }

    private static Optional<String> integer(String text, int bits) {
        if (!text.matches("[+-]?[0-9]{1,300}")) {
            return Optional.empty();
        }
        BigInteger number = new BigInteger(text);
        return number.bitLength() > bits ? Optional.empty() : Optional.of(number.toString());
    }

    private static Optional<String> uuid(String text) {
        try {
            String normal = UUID.fromString(text).toString();
            return text.length() == normal.length() ? Optional.of(normal) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
