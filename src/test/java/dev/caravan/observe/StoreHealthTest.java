package dev.caravan.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;

class StoreHealthTest {
    private static final Instant ANSWERED = Instant.parse("2026-11-01T12:00:00Z");

    private static HealthCheck.Result after(int seconds) {
        return new StoreHealth(() -> ANSWERED, Clock.fixed(ANSWERED.plusSeconds(seconds), ZoneOffset.UTC)).call();
    }

    @Test
    void aServiceWhoseStoreIsSilentIsNotReadyAndStaysAlive() {
        assertEquals(HealthCheck.State.UP, after(20).getState());
        HealthCheck.Result silent = after(21);
        assertEquals(HealthCheck.State.DOWN, silent.getState());
        assertTrue(silent.getMessage().orElseThrow().contains("21 s: see caravan.store.url"), silent::toString);
        assertFalse(silent.getCheck().isLiveness());
        assertTrue(silent.getCheck().isReadiness());
    }
}
