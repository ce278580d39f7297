package dev.caravan.plan;

import dev.caravan.mask.ColumnMask;
import dev.caravan.mask.MaskKey;
import dev.caravan.mask.MaskRefused;
import dev.caravan.mask.MaskRule;
import dev.caravan.mask.Masker;
import dev.caravan.mask.Maskers;
import dev.caravan.mask.RowMask;
import dev.caravan.mask.ValueKind;
import dev.caravan.schema.Column;
import dev.caravan.schema.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Proves that a column's maskers exist, take its values, and can be made ready for it. */
final class MaskProof {
    private static final int SUGGESTED = 6;

    private final Maskers maskers;
    private final MaskKey key;
    private final Findings findings;

    MaskProof(Maskers maskers, MaskKey key, Findings findings) {
        this.maskers = maskers;
        this.key = key;
        this.findings = findings;
    }

    /** @param row the row's columns by name */
    void prove(ColumnName name, ColumnMask mask, Map<String, Column> row) {
        List<String> others = List.copyOf(row.keySet());
        for (MaskRule rule : mask.rules()) {
            rule.when()
                    .filter(condition -> !condition.in().isEmpty() && row.containsKey(condition.column()))
                    .filter(condition ->
                            !RowMask.comparable(row.get(condition.column()).type()))
                    .ifPresent(condition -> refuse(
                            name,
                            "the condition of its mask compares column " + condition.column()
                                    + ", whose type is not read as a text",
                            "Ask only whether it is NULL, or compare another column."));
            rule.when()
                    .filter(condition -> !others.contains(condition.column()))
                    .ifPresent(condition -> refuse(
                            name,
                            "the condition of its mask names a column " + condition.column() + " that the row has not",
                            DidYouMean.sentence(condition.column(), others)));
            Optional<Masker> masker = maskers.find(rule.masker());
            if (masker.isEmpty()) {
                refuse(
                        name,
                        "there is no masker " + rule.masker(),
                        DidYouMean.sentence(
                                rule.masker(),
                                maskers.all().stream().map(Masker::name).toList()));
            } else if (!rule.masker().equals("keep")) {
                fits(name, mask, rule, masker.get(), others);
            }
        }
    }

    private void fits(ColumnName name, ColumnMask mask, MaskRule rule, Masker masker, List<String> others) {
        ValueKind kind = ValueKind.of(mask.type());
        if (!masker.accepts().contains(kind)) {
            List<String> fitting = maskers.all().stream()
                    .filter(one -> one.accepts().contains(kind))
                    .map(Masker::name)
                    .limit(SUGGESTED)
                    .toList();
            refuse(
                    name,
                    "masker " + masker.name() + " does not take its type "
                            + ValueKind.elementary(mask.type()).name(),
                    "These do: " + String.join(", ", fitting) + ".");
            return;
        }
        if (rule.maxLength().isPresent() && kind != ValueKind.TEXT) {
            refuse(name, "maxLength is given for it, and its values are no texts", "Leave maxLength out.");
            return;
        }
        try {
            masker.prepare(rule.settings(), mask.toMasked(rule, key, others));
        } catch (MaskRefused refused) {
            refuse(name, "masker " + masker.name() + " refuses it: " + refused.getMessage(), "");
            return;
        } catch (RuntimeException e) {
            // Not one of ours: its message may quote anything.
            refuse(name, "masker " + masker.name() + " could not be made ready for it", "");
            return;
        }
        if (!FixedValues.fit(rule, mask)) {
            refuse(name, "what " + masker.name() + " puts there is no value of its type", "");
        }
    }

    private void refuse(ColumnName name, String detail, String hint) {
        findings.refuse(
                ErrorCode.MASK_REFUSED,
                name,
                name + ": " + detail + ".",
                hint.isEmpty() ? "Choose another masker or other settings for it." : hint);
    }
}
