package dev.caravan.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class StagingNamesTest {
    private static final String JOB = "0193a5b0-0000-7000-8000-0000deadbeef";

    @Test
    void namesEndInTheJobsLastDigits() {
        StagingNames names = StagingNames.of("shop", JOB);

        assertEquals("shop_caravan_deadbeef", names.staging());
        assertEquals("shop_before_deadbeef", names.previous());
    }

    @Test
    void longNamesAreCutBetweenCharacters() {
        for (String character : List.of("x", "ü", "漢", "🐪")) {
            StagingNames names = StagingNames.of(character.repeat(63), JOB);
            byte[] staging = names.staging().getBytes(StandardCharsets.UTF_8);

            assertTrue(staging.length <= 63 && staging.length > 59, "bytes: " + staging.length);
            assertFalse(names.staging().contains("\uFFFD") || names.staging().contains("?"));
            assertEquals(
                    names.staging(),
                    new String(names.staging().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
            assertTrue(StagingNames.ours(names.staging()) && StagingNames.ours(names.previous()));
        }
    }

    @Test
    void othersNamesAreNotOurs() {
        assertFalse(StagingNames.ours("shop"));
        assertFalse(StagingNames.ours("shop_caravan"));
        assertFalse(StagingNames.ours("shop_caravan_DEADBEEF"));
        assertTrue(StagingNames.ours("a\nb_caravan_00000000"));
    }
}
