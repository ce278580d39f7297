package dev.caravan.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "999, 999 bytes",
        "1000, 1.0 kB",
        "84000000, 84 MB",
        "999600, 1.0 MB",
        "1234567890, 1.2 GB",
        "9223372036854775807, 9.2 EB",
    })
    void bytesAreInDecimalUnits(long bytes, String shown) {
        assertEquals(shown, Text.bytes(bytes));
    }

    @ParameterizedTest
    @CsvSource({"0, 0:00", "41, 0:41", "3599, 59:59", "3723, 1:02:03", "-5, 0:00"})
    void timesAreInMinutesAndHours(long seconds, String shown) {
        assertEquals(shown, Text.time(Duration.ofSeconds(seconds)));
    }

    @Test
    void nothingInANameSteersTheTerminal() {
        assertEquals("a?[31mb??c?", Text.plain("a\u001b[31mb\r\nc\u202e"));
        assertEquals("日本 ñ", Text.plain("日本 ñ"));
    }

    @Test
    void wideCharactersTakeTwoColumns() {
        assertEquals(4, Text.columns("日本"));
        assertEquals(1, Text.columns("e\u0301"));
        assertEquals("日…", Text.cut("日本語", 4, "…"));
        assertEquals("abc", Text.cut("abc", 3, "…"));
        assertEquals("ab…", Text.cut("abcd", 3, "…"));
        assertEquals("", Text.cut("abcd", 0, "…"));
    }
}
