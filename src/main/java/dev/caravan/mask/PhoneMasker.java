package dev.caravan.mask;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Replaces a telephone number by one that is valid in its country. */
final class PhoneMasker implements Masker {
    @Override
    public String name() {
        return "phone";
    }

    @Override
    public String description() {
        return "Replaces a telephone number by a valid one of the same country, or of a given one; without + only its digits.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.optional(
                        "country",
                        Parameter.Type.TEXT,
                        "Two capital letters, such as DE, for all numbers; else the calling code of a number that begins with + stays."),
                Parameter.optional(
                        MaskLocale.PARAMETER,
                        Parameter.Type.LOCALE,
                        "In place of country: de-AT is Austria, and de alone Germany."));
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.TEXT);
    }

    @Override
    public Example example() {
        return Example.of("+49 000 1234567");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        if (column.unique()) {
            throw new MaskRefused("two numbers may become the same; use format-preserving or token");
        }
        KeyedHash hash = column.hash();
        Optional<String> country = settings.optionalText("country");
        if (settings.has(MaskLocale.PARAMETER)) {
            if (country.isPresent()) {
                throw new MaskRefused("country and locale say the same; leave one out");
            }
            country = Optional.of(MaskLocale.of(settings).country());
        }
        if (country.isPresent()) {
            PhonePlan plan = PhonePlan.of(country.get())
                    .orElseThrow(() -> new MaskRefused("country must be two capital letters of ISO 3166, such as DE"));
            column.needsLength(plan.length());
            return (value, output) -> plan.append(value.hash(hash), output);
        }
        int limit = column.maxLength().orElse(Integer.MAX_VALUE);
        ValueMask shape = ShapeMask.digits(column);
        return (value, output) -> {
            PhonePlan plan = PhonePlan.ofNumber(value.bytes(), value.offset(), value.length());
            if (plan == null || plan.length() > limit) {
                shape.mask(value, output);
            } else {
                plan.append(value.hash(hash), output);
            }
        };
    }
}
