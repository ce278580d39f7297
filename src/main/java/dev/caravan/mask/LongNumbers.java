package dev.caravan.mask;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Gives numbers with more than 18 digits before the point, or with digits after it, other digits, and no two the same: keys of numeric may have such
 * ones too. How many digits there are, before and after the point, stays. Not thread-safe.
 */
final class LongNumbers {
    private static final int MOST_DIGITS = 36;
    /** {@link IntegerIdMasker} gives numbers of so many bits others of so many. */
    private static final int SMALL_BITS = 60;

    private static final int NEGATIVE = 1 << 15;

    private final MixedRadixCipher cipher;
    private final KeyedHash hash;

    LongNumbers(MaskedColumn column) {
        this.cipher = new MixedRadixCipher(column);
        this.hash = column.hash("one digit");
    }

    /**
     * @param plain without zeros at its end
     * @param scale how many digits the result shows after the point, as far as it has such
     */
    void mask(BigDecimal plain, int scale, Output output) {
        boolean whole = plain.scale() <= 0;
        if (plain.precision() - Math.min(0, plain.scale()) > MOST_DIGITS) {
            output.unreadable();
            return;
        }
        BigInteger unscaled = whole ? plain.toBigIntegerExact() : plain.unscaledValue();
        byte[] digits = unscaled.abs().toString().getBytes(StandardCharsets.US_ASCII);
        boolean negative = unscaled.signum() < 0;
        int tweak = (whole ? 0 : plain.scale() & NEGATIVE - 1) | (negative ? NEGATIVE : 0);
        if (digits.length == 1) {
            digits[0] = (byte) ('1' + new Permutation(hash, 8, tweak).of(digits[0] - '1'));
        } else {
            // What has another length, or belongs among smaller numbers, is enciphered once more, which keeps different
            // values different.
            do {
                cipher.encipher(digits, 0, digits.length, tweak);
            } while (digits[0] == '0' || (whole ? small(number(digits, negative)) : digits[digits.length - 1] == '0'));
        }
        BigDecimal number = new BigDecimal(number(digits, negative), whole ? 0 : plain.scale());
        output.decimal(number.setScale(Math.max(number.scale(), scale)));
    }

    private static BigInteger number(byte[] digits, boolean negative) {
        BigInteger number = new BigInteger(new String(digits, StandardCharsets.US_ASCII));
        return negative ? number.negate() : number;
    }

    /** Whether a whole number is none of these: what is masked among smaller ones may not be met here. */
    static boolean small(BigDecimal whole) {
        return whole.precision() - whole.scale() <= MOST_DIGITS && small(whole.toBigIntegerExact());
    }

    private static boolean small(BigInteger number) {
        return number.bitLength() <= SMALL_BITS;
    }
}
