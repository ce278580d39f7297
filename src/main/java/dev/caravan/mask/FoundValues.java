package dev.caravan.mask;

import java.util.Map;
import java.util.TreeMap;

/** Where source values were found again, and how often. Holds no value. Thread-safe. */
public final class FoundValues {
    private final Map<String, Map<String, Long>> counts = new TreeMap<>();

    /** Told of each place. */
    @FunctionalInterface
    public interface Place {
        /**
         * @param column whose values were found
         * @param where they stand
         * @param count how many
         */
        void found(String column, String where, long count);
    }

    synchronized void add(String column, String where, long count) {
        counts.computeIfAbsent(column, unused -> new TreeMap<>()).merge(where, count, Long::sum);
    }

    /** Adds what was found elsewhere. */
    public void addAll(FoundValues others) {
        others.forEach(this::add);
    }

    /** Every place, by the columns' and the places' names. */
    public synchronized void forEach(Place place) {
        counts.forEach((column, places) -> places.forEach((where, count) -> place.found(column, where, count)));
    }
}
