package dev.caravan.plan;

import dev.caravan.mask.ColumnDecision;
import dev.caravan.mask.ColumnMask;
import dev.caravan.mask.MaskRule;
import dev.caravan.mask.Settings;
import dev.caravan.mask.ValueKind;
import dev.caravan.schema.Column;
import dev.caravan.schema.ColumnType;
import dev.caravan.schema.ErrorCode;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** Makes the masks of columns that are masked alike: the narrowest of them limits all, or their values would differ. */
final class MaskBuilder {
    private final OptionalInt maxLength;
    private final OptionalInt precision;
    private final OptionalInt scale;
    private final boolean unique;

    /** @param lengths further limits of a text's characters, from CHECK constraints */
    MaskBuilder(List<Column> alike, Collection<Integer> lengths, boolean unique) {
        this.maxLength = least(java.util.stream.Stream.concat(
                        alike.stream()
                                .flatMapToInt(column -> column.facts().maxLength().stream())
                                .boxed(),
                        lengths.stream())
                .toList());
        Column narrowest = alike.stream()
                .filter(column -> column.facts().precision().isPresent())
                .min(java.util.Comparator.comparingInt(MaskBuilder::wholeDigits))
                .orElse(alike.get(0));
        this.precision = narrowest.facts().precision();
        this.scale = narrowest.facts().scale();
        this.unique = unique;
    }

    private static int wholeDigits(Column column) {
        return column.facts().precision().getAsInt() - column.facts().scale().orElse(0);
    }

    private static OptionalInt least(List<Integer> limits) {
        return limits.stream().mapToInt(Integer::intValue).min();
    }

    static ColumnMask plain(Column column, boolean unique, String masker) {
        return new MaskBuilder(List.of(column), List.of(), unique)
                .mask(column, ColumnDecision.of(masker, Settings.NONE, ""));
    }

    ColumnMask mask(Column column, ColumnDecision decision) {
        return new ColumnMask(
                column.name(),
                column.type(),
                maxLength,
                precision,
                scale,
                column.refusesNull() || elementsRefuseNull(column.type()),
                unique,
                ValueKind.elementary(column.type()).rules().labels(),
                decision.domain().orElseGet(() -> masker(decision)),
                decision.rules());
    }

    /** A mask gives NULL to an array's elements one by one. */
    private static boolean elementsRefuseNull(ColumnType type) {
        return type.kind() == ColumnType.Kind.DOMAIN && type.rules().notNull()
                || (type.kind() == ColumnType.Kind.DOMAIN || type.kind() == ColumnType.Kind.ARRAY)
                        && !type.parts().isEmpty()
                        && elementsRefuseNull(type.parts().get(0));
    }

    /** The masker that gives the domain its name: that of all rows, or the first that masks where those are kept. */
    private static String masker(ColumnDecision decision) {
        List<MaskRule> rules = decision.rules();
        String last = rules.get(rules.size() - 1).masker();
        return !last.equals("keep")
                ? last
                : rules.stream()
                        .map(MaskRule::masker)
                        .filter(name -> !name.equals("keep"))
                        .findFirst()
                        .orElse(last);
    }

    /** Refuses columns that cannot be masked alike, since what is equal in one type is not in the other. */
    static void compare(Map<ColumnName, Column> alike, Findings findings) {
        alike.forEach((name, column) -> {
            if (column.facts().nondeterministic()) {
                findings.refuse(
                        ErrorCode.MASK_REFUSED,
                        name,
                        name
                                + " is part of a key, and its collation holds different texts for equal: masked, they would not be.",
                        "Keep it with a reason, or give the column citext or another collation.");
            }
        });
        Set<ValueKind> kinds = EnumSet.noneOf(ValueKind.class);
        Set<String> families = new TreeSet<>();
        for (Column column : alike.values()) {
            ColumnType inner = ValueKind.elementary(column.type());
            ValueKind kind = ValueKind.of(column.type());
            kinds.add(kind == ValueKind.DECIMAL ? ValueKind.INTEGER : kind);
            if (kind == ValueKind.TEXT) {
                families.add(inner.name().equals("citext") || inner.name().equals("bpchar") ? inner.name() : "text");
            }
        }
        if (kinds.size() > 1 || families.size() > 1) {
            ColumnName first = alike.keySet().iterator().next();
            findings.refuse(
                    ErrorCode.MASK_REFUSED,
                    first,
                    "Keys connect columns whose types do not compare values alike: "
                            + String.join(
                                    ", ",
                                    alike.entrySet().stream()
                                            .map(one -> one.getKey() + " "
                                                    + ValueKind.elementary(one.getValue()
                                                                    .type())
                                                            .name())
                                            .toList())
                            + ".",
                    "Keep them with a reason, or give them one type.");
        }
    }
}
