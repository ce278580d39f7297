package dev.caravan.connection;

import java.util.Objects;

/** A secret that never shows itself: only {@link #reveal()} gives it. */
public final class Secret {
    /** No secret: for logins that need none. */
    public static final Secret NONE = new Secret("");

    private final String value;

    private Secret(String value) {
        this.value = Objects.requireNonNull(value);
    }

    public static Secret of(String value) {
        return new Secret(value);
    }

    /** The secret itself, for the driver and libpq's passfile only. */
    public String reveal() {
        return value;
    }

    public boolean isEmpty() {
        return value.isEmpty();
    }

    @Override
    public String toString() {
        return "***";
    }
}
