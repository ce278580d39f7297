package dev.caravan.mask;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A masker with its settings, perhaps under a condition on the row.
 *
 * @param when the condition; absent for all rows
 * @param masker the masker's name
 * @param settings its checked settings
 * @param maskNull whether NULL is masked too; only a masker that needs no input can
 * @param maxLength the most characters of a masked text, where that is fewer than the column holds
 */
public record MaskRule(
        Optional<Condition> when, String masker, Settings settings, boolean maskNull, OptionalInt maxLength) {
    public static MaskRule of(String masker, Settings settings) {
        return new MaskRule(Optional.empty(), masker, settings, false, OptionalInt.empty());
    }
}
