package dev.caravan.mask;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a masker is told of the column that it is to work on.
 *
 * @param kind what its values are
 * @param typeName the elementary type's name, such as {@code int4}
 * @param maxLength the most characters that a text may have
 * @param precision a numeric's digits, with {@code scale}; absent when it has no limit
 * @param scale a numeric's digits after the point
 * @param notNull whether NULL is refused
 * @param unique whether different values must stay different
 * @param labels an enum's labels, in their order
 * @param domain values of one domain are masked alike wherever they are
 * @param key the secret
 * @param others the names of the row's columns that another column may be asked for
 */
public record MaskedColumn(
        ValueKind kind,
        String typeName,
        OptionalInt maxLength,
        OptionalInt precision,
        OptionalInt scale,
        boolean notNull,
        boolean unique,
        List<String> labels,
        String domain,
        MaskKey key,
        List<String> others) {
    public MaskedColumn {
        labels = List.copyOf(labels);
        others = List.copyOf(others);
    }

    /** For a masker's own tests and examples: a text column without limits. */
    public static MaskedColumn of(ValueKind kind, String typeName, String domain, MaskKey key) {
        return new MaskedColumn(
                kind,
                typeName,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                false,
                false,
                List.of(),
                domain,
                key,
                List.of());
    }

    /** The same with another limit of a text's characters. */
    MaskedColumn limited(OptionalInt characters) {
        return new MaskedColumn(
                kind, typeName, characters, precision, scale, notNull, unique, labels, domain, key, others);
    }

    /** The domain's keyed hash, to choose by. */
    public KeyedHash hash() {
        return hash("");
    }

    /**
     * Another keyed hash of the same domain, so that two choices from one value do not depend on each other.
     *
     * @param purpose what is chosen
     */
    public KeyedHash hash(String purpose) {
        return new KeyedHash(key.derive("hash" + purpose, domain));
    }

    /** The domain's HMAC-SHA256, for what is shown. Not thread-safe: one per {@link ValueMask}. */
    public Hmac hmac() {
        return new Hmac(key.derive("hmac", domain));
    }

    /** 32 bytes of key for a cipher of the masker's. */
    public byte[] key(String purpose) {
        return key.derive(purpose, domain);
    }

    /**
     * The index of another column of the row, for {@link Value.Row}.
     *
     * @throws MaskRefused when there is no such column
     */
    public int other(String name) {
        int index = others.indexOf(name);
        if (index < 0) {
            throw new MaskRefused("there is no column " + name + " in the row");
        }
        return index;
    }

    /** Refuses a column that is too short for what must not be cut. */
    public void needsLength(int characters) {
        if (maxLength.isPresent() && maxLength.getAsInt() < characters) {
            throw new MaskRefused(
                    "its values need " + characters + " characters, and the column holds " + maxLength.getAsInt());
        }
    }

    /** The dictionary of that name in a language, or in English when there is none in it. */
    public Dictionary dictionary(String name, Optional<String> locale) {
        return Dictionary.of(name, locale.orElse("en"));
    }
}
