package dev.caravan.mask;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads decimal digits eight at a time, by three multiplications (Lemire, "Quickly parsing eight digits", 2018). Stateless. */
final class Digits {
    /** How many are read at once. */
    static final int AT_ONCE = 8;

    /** What eight digits are less than. */
    static final long EIGHT = 100_000_000L;

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Digits() {}

    /** The number that eight bytes from {@code at} on are; -1 when one of them is no digit. */
    static long eight(byte[] bytes, int at) {
        long word = (long) WORD.get(bytes, at);
        long high = 0xF0F0F0F0F0F0F0F0L;
        // A byte beyond '9' would carry into the upper half of itself.
        if ((word & word + 0x0606060606060606L & high) != 0x3030303030303030L || (word & high) != 0x3030303030303030L) {
            return -1;
        }
        long pairs = (word & 0x0F0F0F0F0F0F0F0FL) * (10 << 8 | 1) >>> 8;
        long fours = (pairs & 0x00FF00FF00FF00FFL) * (100 << 16 | 1) >>> 16;
        return (fours & 0x0000FFFF0000FFFFL) * (10_000L << 32 | 1) >>> 32;
    }
}
