package dev.caravan.source;

/** How far rows were read. */
public enum Sampled {
    /** As far as they were wanted. */
    READ,
    TIME_OVER,
    /** The server would not give them. */
    REFUSED
}
