package dev.caravan.plan;

import dev.caravan.mask.ColumnDecision;
import dev.caravan.mask.ColumnMask;
import dev.caravan.mask.MaskKey;
import dev.caravan.mask.MaskRefused;
import dev.caravan.mask.Masker;
import dev.caravan.mask.Maskers;
import dev.caravan.mask.Settings;
import dev.caravan.mask.ValueKind;
import dev.caravan.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a column gets that nothing decides on, where the policy wants no failure. */
final class DefaultDecision {
    private static final String FROM = "onUndecided";

    private final Maskers maskers;
    private final MaskKey key;

    DefaultDecision(Maskers maskers, MaskKey key) {
        this.maskers = maskers;
        this.key = key;
    }

    /** Empties them, unless one refuses NULL. */
    Optional<ColumnDecision> empty(List<Column> columns) {
        return columns.stream().anyMatch(Column::refusesNull)
                ? Optional.empty()
                : Optional.of(ColumnDecision.of("null", Settings.NONE, FROM));
    }

    /** The first masker for the kind that all columns can take; else NULL. */
    Optional<ColumnDecision> masker(List<Column> columns, boolean unique) {
        return candidates(ValueKind.of(columns.get(0).type())).stream()
                .flatMap(name -> maskers.find(name).stream())
                .filter(masker -> fits(masker, columns, unique))
                .findFirst()
                .map(masker -> ColumnDecision.of(masker.name(), plain(masker, new ArrayList<>()), FROM))
                .or(() -> empty(columns));
    }

    /** A masker to name in a hint. */
    String suggestion(ValueKind kind) {
        return candidates(kind).stream()
                .filter(name -> maskers.find(name).isPresent())
                .findFirst()
                .orElse("null");
    }

    private boolean fits(Masker masker, List<Column> columns, boolean unique) {
        List<String> faults = new ArrayList<>();
        Settings settings = plain(masker, faults);
        if (!faults.isEmpty() || (unique && !masker.uniqueness(settings).kept())) {
            return false;
        }
        for (Column column : columns) {
            if (!masker.accepts().contains(ValueKind.of(column.type()))) {
                return false;
            }
            try {
                ColumnMask mask = MaskBuilder.plain(column, unique, masker.name());
                masker.prepare(settings, mask.toMasked(mask.rules().get(0), key, List.of()));
            } catch (MaskRefused refused) {
                return false;
            }
        }
        return true;
    }

    private static Settings plain(Masker masker, List<String> faults) {
        return Settings.check(masker, Map.of(), faults);
    }

    private static List<String> candidates(ValueKind kind) {
        return switch (kind) {
            case TEXT -> List.of("token", "default");
            case INTEGER, DECIMAL -> List.of("integer-id", "number-random", "default");
            case FLOAT -> List.of("number-random", "default");
            case BOOLEAN -> List.of("boolean", "default");
            case DATE, TIMESTAMP -> List.of("date-shift", "default");
            case UUID -> List.of("uuid", "default");
            case ENUM -> List.of("enum", "default");
            case INET -> List.of("default", "ip");
            case MACADDR -> List.of("default", "mac");
            case BYTES -> List.of("bytes", "default");
            case TIME, JSON, HSTORE, OTHER -> List.of("default");
        };
    }
}
