package dev.caravan.source;

/** Takes one row after the other. */
@FunctionalInterface
public interface SampledRow {
    /**
     * @param values as PostgreSQL prints them, in UTF-8; null for NULL
     * @return whether another row is wanted
     */
    boolean take(byte[][] values);
}
