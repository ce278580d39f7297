package dev.caravan.mask;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/**
 * Replaces the digits of a text by digits and its letters from a to z by letters, capitals staying capitals, all else in its place; no
 * two texts become the same. The digits go through {@link Ff1} together, and so do the letters; the shape of the whole is the tweak. A text
 * without any of them, or a very long one, is unreadable.
 */
public final class FormatPreservingMasker implements Masker {
    private static final int MOST_CHARACTERS = 1000;
    private static final int DIGITS = 10;
    private static final int LETTERS = 26;

    @Override
    public String name() {
        return "format-preserving";
    }

    @Override
    public String description() {
        return "Other digits and letters in the same places, never the same for two.";
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.TEXT);
    }

    @Override
    public Uniqueness uniqueness(Settings settings) {
        return Uniqueness.BIJECTIVE;
    }

    @Override
    public Example example() {
        return Example.of("KD-2048/17b");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        Ff1 cipher = new Ff1(column.key("format-preserving"));
        return (value, output) -> {
            byte[] bytes = new byte[value.length()];
            System.arraycopy(value.bytes(), value.offset(), bytes, 0, bytes.length);
            if (bytes.length > MOST_CHARACTERS || !replace(cipher, bytes)) {
                output.unreadable();
            } else {
                output.append(bytes);
            }
        };
    }

    /** Replaces in place; false when there is nothing to replace. */
    static boolean replace(Ff1 cipher, byte[] bytes) {
        byte[] shape = shape(bytes);
        boolean digits = replace(cipher, DIGITS, '0', shape, bytes);
        boolean letters = replace(cipher, LETTERS, 'a', shape, bytes);
        return digits || letters;
    }

    /** What stays, in small letters since two spellings may be equal, with 0 for a digit and a for a letter. */
    private static byte[] shape(byte[] bytes) {
        byte[] shape = new String(bytes, StandardCharsets.UTF_8)
                .toLowerCase(java.util.Locale.ROOT)
                .getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < shape.length; at++) {
            shape[at] = kind(shape[at]) == 0 ? shape[at] : kind(shape[at]);
        }
        return shape;
    }

    private static byte kind(byte c) {
        if (c >= '0' && c <= '9') {
            return '0';
        }
        return (byte) (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' ? 'a' : 0);
    }

    private static boolean replace(Ff1 cipher, int radix, char kind, byte[] shape, byte[] bytes) {
        int count = 0;
        for (byte c : bytes) {
            count += kind(c) == kind ? 1 : 0;
        }
        if (count == 0) {
            return false;
        }
        byte[] numerals = new byte[count];
        int next = 0;
        for (byte c : bytes) {
            if (kind(c) == kind) {
                numerals[next++] = (byte) (kind == '0' ? c - '0' : (c | 0x20) - 'a');
            }
        }
        byte[] other = cipher.other(radix, shape, numerals);
        next = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (kind(bytes[at]) == kind) {
                // Bit 0x20 tells a small letter from a capital; every digit has it.
                int first = kind == '0' ? '0' : 'A' | bytes[at] & 0x20;
                bytes[at] = (byte) (first + other[next++]);
            }
        }
        return true;
    }
}
