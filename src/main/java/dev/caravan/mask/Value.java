package dev.caravan.mask;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;

/**
 * One value on its way in, decoded by its type's codec. Which accessor holds something depends on {@link #kind()}: bytes for TEXT, JSON,
 * HSTORE, ENUM, INET, MACADDR (their text in UTF-8), BYTES and OTHER; {@link #number()} for INTEGER, BOOLEAN (0, 1), DATE (days since 2000-01-01),
 * TIME and TIMESTAMP (microseconds, of the day and since 2000-01-01); {@link #decimal()} for DECIMAL; {@link #real()} for FLOAT;
 * {@link #high()} and {@link #low()} for UUID. Reused for the next value. Not thread-safe.
 */
public final class Value {
    private ValueKind kind = ValueKind.OTHER;
    private byte[] bytes = new byte[0];
    private int offset;
    private int length;
    private long number;
    private long high;
    private BigDecimal decimal = BigDecimal.ZERO;
    private double real;
    private boolean caseless;
    private Row row = index -> null;

    /** The other columns of the same row. */
    @FunctionalInterface
    public interface Row {
        /**
         * @param index as {@link MaskedColumn#other} gave it
         * @return the value's text, masked when that column is masked; null for NULL
         */
        String text(int index);
    }

    Value row(Row other) {
        this.row = other;
        return this;
    }

    public Value bytes(ValueKind of, byte[] array, int from, int count) {
        kind = of;
        bytes = array;
        offset = from;
        length = count;
        caseless = false;
        return this;
    }

    /** Text that is equal whatever its case: citext. */
    Value caseless() {
        caseless = true;
        return this;
    }

    boolean isCaseless() {
        return caseless;
    }

    public Value number(ValueKind of, long value) {
        kind = of;
        number = value;
        return this;
    }

    public Value decimal(BigDecimal value) {
        kind = ValueKind.DECIMAL;
        decimal = value;
        return this;
    }

    public Value real(double value) {
        kind = ValueKind.FLOAT;
        real = value;
        return this;
    }

    public Value uuid(long highHalf, long lowHalf) {
        kind = ValueKind.UUID;
        high = highHalf;
        number = lowHalf;
        return this;
    }

    public ValueKind kind() {
        return kind;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }

    /** The bytes as a String. */
    public String text() {
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }

    public long number() {
        return number;
    }

    public BigDecimal decimal() {
        return decimal;
    }

    public double real() {
        return real;
    }

    public long high() {
        return high;
    }

    public long low() {
        return number;
    }

    public Row row() {
        return row;
    }

    /** A keyed hash of the value as its type's equality sees it: equal values have the same one, an int4 and an int8 too. */
    public long hash(KeyedHash hash) {
        return switch (kind) {
            case INTEGER, BOOLEAN, DATE, TIME, TIMESTAMP -> hash.of(number);
            case UUID -> hash.of(hash.of(high) ^ Long.rotateLeft(number, 1));
            case FLOAT -> hash.of(canonicalReal());
            case DECIMAL -> decimalHash(hash);
            default -> {
                if (caseless) {
                    byte[] canonical = canonical();
                    yield hash.of(canonical, 0, canonical.length);
                }
                yield hash.of(bytes, offset, length);
            }
        };
    }

    /** A whole number of 64 bits hashes as an integer does, since a numeric may reference one. */
    private long decimalHash(KeyedHash hash) {
        if (decimal.precision() - decimal.scale() <= 18
                && decimal.stripTrailingZeros().scale() <= 0) {
            return hash.of(decimal.longValue());
        }
        byte[] canonical = canonical();
        return hash.of(canonical, 0, canonical.length);
    }

    /** Bytes that are the same for equal values: what {@link MaskedColumn#hmac()} is given. */
    public byte[] canonical() {
        return switch (kind) {
            case INTEGER, BOOLEAN, DATE, TIME, TIMESTAMP ->
                Long.toString(number).getBytes(StandardCharsets.US_ASCII);
            case UUID -> new java.util.UUID(high, number).toString().getBytes(StandardCharsets.US_ASCII);
            case FLOAT -> Long.toHexString(canonicalReal()).getBytes(StandardCharsets.US_ASCII);
            case DECIMAL -> decimal.stripTrailingZeros().toPlainString().getBytes(StandardCharsets.US_ASCII);
            default ->
                caseless
                        ? text().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8)
                        : Arrays.copyOfRange(bytes, offset, offset + length);
        };
    }

    /** Whether {@link #bytes()} are {@link #canonical()} already. */
    boolean isCanonical() {
        return switch (kind) {
            case INTEGER, BOOLEAN, DATE, TIME, TIMESTAMP, UUID, FLOAT, DECIMAL -> false;
            default -> !caseless;
        };
    }

    /** The canonical bytes into a digest, without a copy of a text. */
    void canonical(MessageDigest into) {
        if (isCanonical()) {
            into.update(bytes, offset, length);
        } else {
            into.update(canonical());
        }
    }

    private long canonicalReal() {
        return Double.doubleToLongBits(real == 0 ? 0.0 : real);
    }

    /** Says what it is, never what it holds. */
    @Override
    public String toString() {
        return "a value of kind " + kind;
    }
}
