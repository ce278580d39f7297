package dev.caravan.mask;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing array of bytes that is used again and again. Not thread-safe. */
final class Bytes {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] array;
    private int length;

    Bytes(int capacity) {
        array = new byte[capacity];
    }

    static int shortAt(byte[] bytes, int at) {
        return (short) SHORT.get(bytes, at);
    }

    static int intAt(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static long longAt(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    /** Whether two ranges are equal. Most are a few words long, for which {@link Arrays#equals} takes longer to begin than to compare. */
    static boolean same(byte[] one, int from, byte[] other, int otherFrom, int length) {
        int last = length - Long.BYTES;
        if (last < 0) {
            for (int i = 0; i < length; i++) {
                if (one[from + i] != other[otherFrom + i]) {
                    return false;
                }
            }
            return true;
        }
        for (int i = 0; i < last; i += Long.BYTES) {
            if (longAt(one, from + i) != longAt(other, otherFrom + i)) {
                return false;
            }
        }
        return longAt(one, from + last) == longAt(other, otherFrom + last);
    }

    byte[] array() {
        return array;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    void cutTo(int count) {
        length = count;
    }

    void put(byte[] from, int offset, int count) {
        reserve(count);
        System.arraycopy(from, offset, array, length, count);
        length += count;
    }

    void put(int oneByte) {
        reserve(1);
        array[length++] = (byte) oneByte;
    }

    void putShort(int value) {
        reserve(2);
        SHORT.set(array, length, (short) value);
        length += 2;
    }

    void putInt(int value) {
        reserve(4);
        INT.set(array, length, value);
        length += 4;
    }

    void putLong(long value) {
        reserve(8);
        LONG.set(array, length, value);
        length += 8;
    }

    /** Overwrites four bytes that were put before. */
    void setInt(int at, int value) {
        INT.set(array, at, value);
    }

    private void reserve(int more) {
        if (length + more > array.length) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, length + more));
        }
    }
}
