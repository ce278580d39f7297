package dev.caravan.mask;

/** Masks the values of one column. Not thread-safe: it may keep buffers. Never called for NULL. */
@FunctionalInterface
public interface ValueMask {
    /**
     * Writes the new value, or calls {@link Output#unreadable()} when the value is not what it was taken for: it is then masked by a safe
     * fallback and counted. Throws nothing that quotes the value.
     */
    void mask(Value value, Output output);
}
