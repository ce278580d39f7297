package dev.caravan.plan;

/** What the source says to a {@link Question}. */
public enum Answer {
    /** It takes the row. */
    TAKEN,
    /** The condition is false, or a domain's is. */
    VIOLATED,
    /** One of the texts, or what is computed from them, is no value of its column's type. */
    NO_VALUE,
    /** It does not say: it may not, cannot, or was given too little time. */
    UNKNOWN
}
