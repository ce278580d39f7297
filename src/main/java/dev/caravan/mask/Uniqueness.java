package dev.caravan.mask;

/** Whether different values stay different under a masker. */
public enum Uniqueness {
    /** Two values may become the same. */
    LOST,
    /** Two values become the same with a probability that no table reaches: at least 80 bits of a keyed hash are kept. */
    KEPT_IN_PRACTICE,
    /** Two values never become the same. */
    BIJECTIVE;

    public boolean kept() {
        return this != LOST;
    }
}
