package dev.caravan.mask;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Gives every number another one, and no two the same. A number stays among those of its own size (1 to 1023, 1024 to 2047, 2048 to
 * 4095, and so on), so that it fits its type, becomes the same whatever the integer type, and stays the same while the table grows.
 * Negative ones likewise: -1 to -1024, -1025 to -2048 and so on. 0 stays 0: it stands for none and names nobody.
 */
public final class IntegerIdMasker implements Masker {
    private static final int FIRST_OCTAVE_BITS = 10;
    private static final long FIRST_OCTAVE_END = 1L << FIRST_OCTAVE_BITS;
    private static final int LONG_DIGITS = 18;

    @Override
    public String name() {
        return "integer-id";
    }

    @Override
    public String description() {
        return "Another number of the same size, never the same for two; 0 stays.";
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.INTEGER, ValueKind.DECIMAL);
    }

    @Override
    public Uniqueness uniqueness(Settings settings) {
        return Uniqueness.BIJECTIVE;
    }

    @Override
    public Example example() {
        return new Example(Map.of(), "int4", "4711");
    }

    /**
     * The smallest number that is greater than whatever ids from 1 to {@code last} may become: where a sequence can go on. It is
     * {@link Long#MAX_VALUE} when {@code last} is among the greatest.
     */
    public static long beyond(long last) {
        if (last <= 0) {
            return 1;
        }
        if (last < FIRST_OCTAVE_END) {
            return FIRST_OCTAVE_END;
        }
        long start = Long.highestOneBit(last);
        return start == 1L << 62 ? Long.MAX_VALUE : start << 1;
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        Octaves octaves = new Octaves(column.hash("integer-id"));
        if (column.kind() == ValueKind.INTEGER) {
            return (value, output) -> {
                output.number(octaves.of(value.number()));
                if (value.number() == 0) {
                    output.stays();
                }
            };
        }
        long greatest = greatest(column);
        LongNumbers others = new LongNumbers(column);
        return (value, output) -> {
            BigDecimal number = value.decimal();
            BigDecimal plain = number.stripTrailingZeros();
            if (plain.scale() > 0 || plain.precision() - plain.scale() > LONG_DIGITS && !LongNumbers.small(plain)) {
                others.mask(plain, number.scale(), output);
                return;
            }
            if (number.signum() == 0) {
                output.stays();
            }
            long masked = octaves.of(number.longValue());
            // A numeric ends within an octave: what it cannot hold is masked once more, which keeps different values
            // different.
            while (Math.abs(masked) > greatest) {
                masked = octaves.of(masked);
            }
            output.decimal(BigDecimal.valueOf(masked).setScale(Math.max(0, number.scale())));
        };
    }

    private static long greatest(MaskedColumn column) {
        if (column.precision().isEmpty()) {
            return Long.MAX_VALUE;
        }
        int digits = column.precision().getAsInt() - column.scale().orElse(0);
        if (digits < 1) {
            throw new MaskRefused("a number without digits before the point is no id");
        }
        long greatest = 1;
        for (int i = 0; i < Math.min(digits, LONG_DIGITS); i++) {
            greatest *= 10;
        }
        return digits > LONG_DIGITS ? Long.MAX_VALUE : greatest - 1;
    }

    /** A permutation for each size of numbers, on either side of 0. */
    private static final class Octaves {
        private final Permutation[] positive = new Permutation[Long.SIZE];
        private final Permutation[] negative = new Permutation[Long.SIZE];

        Octaves(KeyedHash hash) {
            positive[0] = new Permutation(hash, FIRST_OCTAVE_END - 2, 0);
            negative[0] = new Permutation(hash, FIRST_OCTAVE_END - 1, 1);
            for (int bits = FIRST_OCTAVE_BITS; bits < Long.SIZE - 1; bits++) {
                positive[bits] = new Permutation(hash, (1L << bits) - 1, 0);
                negative[bits] = new Permutation(hash, (1L << bits) - 1, 1);
            }
        }

        long of(long id) {
            if (id == 0) {
                return 0;
            }
            if (id > 0) {
                return id < FIRST_OCTAVE_END ? 1 + positive[0].of(id - 1) : within(positive, id);
            }
            // The complement and not the negation: the least number of a type has no positive counterpart.
            long mirrored = ~id;
            return ~(mirrored < FIRST_OCTAVE_END ? negative[0].of(mirrored) : within(negative, mirrored));
        }

        private static long within(Permutation[] permutations, long number) {
            long start = Long.highestOneBit(number);
            return start + permutations[Long.numberOfTrailingZeros(start)].of(number - start);
        }
    }
}
