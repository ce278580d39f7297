package dev.caravan.observe;

import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * The threads that copy, index and check, over all jobs.
 *
 * @param size how many there are
 * @param inHand what those have in hand that do something, longest first
 * @param waiting how many units wait for one
 */
public record Workers(int size, Supplier<List<UnitInHand>> inHand, IntSupplier waiting) {
    int busy() {
        return inHand.get().size();
    }
}
