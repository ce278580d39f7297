package dev.caravan.job;

/** The steps of a running job, in their order. COPY, INDEX and CONSTRAINT overlap; the phase shown is the earliest open one. */
public enum Phase {
    PREFLIGHT,
    PLAN,
    SCHEMA,
    COPY,
    INDEX,
    CONSTRAINT,
    VERIFY,
    SWAP
}
