package dev.caravan.mask;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** numeric as numeric_send gives it: digits to the base 10,000, the weight of the first, a sign and the digits shown after the point. */
final class BinaryNumeric implements Codec {
    private static final int BASE_DIGITS = 4;
    private static final BigInteger BASE = BigInteger.valueOf(10_000);
    private static final int NEGATIVE = 0x4000;
    private static final int HEADER_BYTES = 8;

    @Override
    public boolean decode(byte[] bytes, int offset, int length, Value value) {
        if (length < HEADER_BYTES) {
            return false;
        }
        int digits = Bytes.shortAt(bytes, offset);
        int weight = Bytes.shortAt(bytes, offset + 2);
        int sign = Bytes.shortAt(bytes, offset + 4);
        int scale = Bytes.shortAt(bytes, offset + 6);
        if ((sign != 0 && sign != NEGATIVE) || digits < 0 || length != HEADER_BYTES + 2 * digits) {
            // NaN and the infinities have signs of their own.
            return false;
        }
        BigInteger unscaled = BigInteger.ZERO;
        for (int i = 0; i < digits; i++) {
            unscaled = unscaled.multiply(BASE)
                    .add(BigInteger.valueOf(Bytes.shortAt(bytes, offset + HEADER_BYTES + 2 * i)));
        }
        BigDecimal decimal =
                new BigDecimal(unscaled, BASE_DIGITS * (digits - 1 - weight)).setScale(scale, RoundingMode.DOWN);
        value.decimal(sign == 0 ? decimal : decimal.negate());
        return true;
    }

    @Override
    public boolean encode(Output output, Bytes into) {
        BigDecimal decimal =
                switch (output.form()) {
                    case DECIMAL -> output.decimal();
                    case NUMBER -> BigDecimal.valueOf(output.number());
                    default -> null;
                };
        if (decimal == null || decimal.precision() > 1_000 || Math.abs(decimal.scale()) > 1_000) {
            return false;
        }
        int scale = Math.max(0, decimal.scale());
        int fraction = (scale + BASE_DIGITS - 1) / BASE_DIGITS;
        BigInteger rest = decimal.abs().setScale(fraction * BASE_DIGITS).unscaledValue();
        int count = 0;
        int[] digits = new int[rest.bitLength() / 13 + 1];
        while (rest.signum() > 0) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            digits[count++] = parts[1].intValue();
            rest = parts[0];
        }
        into.putShort(count);
        into.putShort(count == 0 ? 0 : count - fraction - 1);
        into.putShort(decimal.signum() < 0 ? NEGATIVE : 0);
        into.putShort(scale);
        for (int i = count - 1; i >= 0; i--) {
            into.putShort(digits[i]);
        }
        return true;
    }
}
