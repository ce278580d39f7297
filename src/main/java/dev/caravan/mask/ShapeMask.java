package dev.caravan.mask;

/** Replaces digits by digits and letters by letters, chosen by the whole value's keyed hash; everything else stays in its place. */
final class ShapeMask {
    private static final int BITS_PER_CHOICE = 16;
    private static final int CHOICES_PER_HASH = 4;

    private ShapeMask() {}

    /** Digits and ASCII letters; a value without any, or with other letters, is not readable. */
    static ValueMask of(MaskedColumn column) {
        return mask(column, true);
    }

    /** Digits only; a value without any, or with letters, is not readable. */
    static ValueMask digits(MaskedColumn column) {
        return mask(column, false);
    }

    private static ValueMask mask(MaskedColumn column, boolean letters) {
        KeyedHash hash = column.hash();
        return (value, output) -> {
            byte[] bytes = value.bytes();
            int end = value.offset() + value.length();
            long seed = value.hash(hash);
            long random = seed;
            int replaced = 0;
            for (int i = value.offset(); i < end; i++) {
                byte b = bytes[i];
                boolean letter = (b | 32) >= 'a' && (b | 32) <= 'z';
                int alphabet = b >= '0' && b <= '9' ? 10 : letter && letters ? 26 : 0;
                if (alphabet == 0) {
                    if (b < 0 || letter) {
                        // A letter that would stay says something.
                        output.unreadable();
                        return;
                    }
                    output.append((char) b);
                    continue;
                }
                if (replaced > 0 && replaced % CHOICES_PER_HASH == 0) {
                    // From the seed, not from what is left of the last hash: that is zero for every value.
                    random = hash.of(seed + replaced);
                }
                char first = alphabet == 10 ? '0' : b >= 'a' ? 'a' : 'A';
                output.append((char) (first + (int) ((random & 0xFFFF) * alphabet >>> BITS_PER_CHOICE)));
                random >>>= BITS_PER_CHOICE;
                replaced++;
            }
            if (replaced == 0) {
                output.unreadable();
            }
        };
    }
}
