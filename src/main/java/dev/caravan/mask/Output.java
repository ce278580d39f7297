package dev.caravan.mask;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where a masker writes one new value: appended bytes of UTF-8 for kinds that have bytes, or one of the typed calls. What the typed calls
 * take is what {@link Value}'s accessors give. Text is cut to what the column holds by the engine, at a character's end. Reused for the next
 * value. Not thread-safe.
 */
public final class Output {
    private static final int INITIAL_BYTES = 256;

    /** How the value was given. */
    enum Form {
        BYTES,
        NUMBER,
        DECIMAL,
        REAL,
        UUID,
        NULL,
        UNREADABLE
    }

    private Form form = Form.BYTES;
    private byte[] bytes = new byte[INITIAL_BYTES];
    private int length;
    private long number;
    private long high;
    private BigDecimal decimal = BigDecimal.ZERO;
    private double real;
    private boolean stays;

    Output clear() {
        stays = false;
        form = Form.BYTES;
        length = 0;
        return this;
    }

    public Output append(byte[] from, int offset, int count) {
        reserve(count);
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
        return this;
    }

    public Output append(byte[] from) {
        return append(from, 0, from.length);
    }

    /** Appends one ASCII character. */
    public Output append(char ascii) {
        reserve(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    /** Appends so many bytes that the caller writes into {@link #bytes()}. @return where they begin */
    int extend(int count) {
        reserve(count);
        int from = length;
        length += count;
        return from;
    }

    /** Appends the last so many decimal digits of a number that is not negative, zeros before a shorter one. */
    Output appendDigits(long number, int count) {
        int from = extend(count);
        long left = number;
        for (int at = from + count - 1; at >= from; at--) {
            bytes[at] = (byte) ('0' + left % 10);
            left /= 10;
        }
        return this;
    }

    /** Appends a whole number as it is written. */
    Output appendNumber(long number) {
        if (number < 0) {
            return append(Long.toString(number));
        }
        int digits = 1;
        for (long left = number; left >= 10; left /= 10) {
            digits++;
        }
        return appendDigits(number, digits);
    }

    public Output append(String text) {
        return append(text.getBytes(StandardCharsets.UTF_8));
    }

    public void number(long value) {
        form = Form.NUMBER;
        number = value;
    }

    public void decimal(BigDecimal value) {
        form = Form.DECIMAL;
        decimal = value;
    }

    public void real(double value) {
        form = Form.REAL;
        real = value;
    }

    public void uuid(long highHalf, long lowHalf) {
        form = Form.UUID;
        high = highHalf;
        number = lowHalf;
    }

    public void setNull() {
        form = Form.NULL;
    }

    /** The value is not what the masker can read: it gets a safe fallback, and is counted. */
    public void unreadable() {
        form = Form.UNREADABLE;
    }

    /** The value is as it was on purpose, such as an id that stands for none: it is not counted as unchanged. */
    public void stays() {
        stays = true;
    }

    boolean isToStay() {
        return stays;
    }

    Form form() {
        return form;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Cuts a text to so many characters, never inside one. */
    void cutToCharacters(int limit) {
        if (form != Form.BYTES || length <= limit) {
            return;
        }
        int characters = 0;
        for (int i = 0; i < length; i++) {
            if ((bytes[i] & 0xC0) != 0x80 && characters++ == limit) {
                length = i;
                return;
            }
        }
    }

    long number() {
        return number;
    }

    long high() {
        return high;
    }

    BigDecimal decimal() {
        return decimal;
    }

    double real() {
        return real;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
