package dev.caravan.mask;

/** Replaces digits by digits and letters by letters, chosen by the whole value's keyed hash; everything else stays in its place. */
final class ShapeMask {
    private ShapeMask() {}

    /** Digits and ASCII letters; a value without any is not readable. */
    static ValueMask of(MaskedColumn column) {
        return mask(column, 0, true);
    }

    /** Digits only; {@code keepFirst} characters stay where the value begins with a plus and has more than twice as many digits. */
    static ValueMask digits(MaskedColumn column, int keepFirst) {
        return mask(column, keepFirst, false);
    }

    private static ValueMask mask(MaskedColumn column, int keepFirst, boolean letters) {
        KeyedHash hash = column.hash();
        return (value, output) -> {
            byte[] bytes = value.bytes();
            int from = value.offset();
            int end = from + value.length();
            boolean keeps = value.length() > 2 * keepFirst + 2 && bytes[from] == '+';
            long random = value.hash(hash);
            int left = CHOICES_PER_HASH;
            int replaced = 0;
            for (int i = from; i < end; i++) {
                byte b = bytes[i];
                int alphabet = b >= '0' && b <= '9' ? 10 : letters && (b | 32) >= 'a' && (b | 32) <= 'z' ? 26 : 0;
                if (alphabet == 0 && (b < 0 || (b | 32) >= 'a' && (b | 32) <= 'z')) {
                    // A letter that would stay says something.
                    output.unreadable();
                    return;
                }
                if (alphabet == 0 || keeps && i < from + keepFirst) {
                    output.append((char) b);
                    continue;
                }
                if (left-- == 0) {
                    random = hash.of(random);
                    left = CHOICES_PER_HASH - 1;
                }
                char first = alphabet == 10 ? '0' : b >= 'a' ? 'a' : 'A';
                output.append((char) (first + (int) ((random & 0xFFFF) * alphabet >>> 16)));
                random >>>= 16;
                replaced++;
            }
            if (replaced == 0) {
                output.unreadable();
            }
        };
    }

    private static final int CHOICES_PER_HASH = 4;
}
