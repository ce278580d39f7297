package dev.caravan.observe;

import java.util.function.IntSupplier;

/**
 * Sessions on servers of one kind.
 *
 * @param name whose: {@code source}, {@code target} or {@code store}
 * @param open how many are open
 * @param inUse how many of them somebody uses
 */
public record Pool(String name, IntSupplier open, IntSupplier inUse) {}
