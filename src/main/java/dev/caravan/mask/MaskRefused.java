package dev.caravan.mask;

/** A masker cannot work on a column; the message says why, and what would do. Becomes one of the plan's problems. */
public final class MaskRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    public MaskRefused(String message) {
        super(message, null, false, false);
    }
}
