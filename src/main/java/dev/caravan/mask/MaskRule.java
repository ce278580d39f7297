package dev.caravan.mask;

import java.util.Optional;

/**
 * A masker with its settings, perhaps under a condition on the row.
 *
 * @param when the condition; absent for all rows
 * @param masker the masker's name
 * @param settings its checked settings
 * @param maskNull whether NULL is masked too; only a masker that needs no input can
 */
public record MaskRule(Optional<Condition> when, String masker, Settings settings, boolean maskNull) {
    public static MaskRule of(String masker, Settings settings) {
        return new MaskRule(Optional.empty(), masker, settings, false);
    }
}
