package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What a policy writes out is refused before the run where the target would refuse it, or something else would be put there. */
class LiteralMaskTest {
    private static MaskedColumn column(ValueKind kind, String type) {
        return new MaskedColumn(
                kind,
                type,
                OptionalInt.empty(),
                type.equals("numeric") ? OptionalInt.of(4) : OptionalInt.empty(),
                type.equals("numeric") ? OptionalInt.of(2) : OptionalInt.empty(),
                false,
                false,
                List.of(),
                "test",
                NumberMasking.KEY,
                List.of());
    }

    private static void takes(ValueKind kind, String type, String good, String bad) {
        MaskedColumn column = column(kind, type);
        assertDoesNotThrow(() -> LiteralMask.of(good, column), type);
        assertThrows(MaskRefused.class, () -> LiteralMask.of(bad, column), type);
    }

    @Test
    void thePlainestTimeWithAZoneIsOne() {
        MaskedColumn column = column(ValueKind.TIME, "timetz");
        assertDoesNotThrow(() -> LiteralMask.of(LiteralMask.plainest(column), column));
    }

    @Test
    void aValueOfAnotherTypeIsRefused() {
        takes(ValueKind.JSON, "jsonb", "{\"a\": [1, null]}", "{oops");
        takes(ValueKind.JSON, "json", "null", "");
        takes(ValueKind.INET, "inet", "192.0.2.1/24", "somewhere");
        takes(ValueKind.MACADDR, "macaddr", "02:00:00:00:00:00", "somewhere");
        takes(ValueKind.DECIMAL, "numeric", "99.99", "99.995");
        takes(ValueKind.TEXT, "text", "ab", "a\0b");
        takes(ValueKind.BYTES, "bytea", "\\x00ff", "\\x0");
        takes(ValueKind.BYTES, "bytea", "plain", "\\000");
    }

    @Test
    void bytesAreReadAsPostgresPrintsThem() {
        ValueMask mask = LiteralMask.of("\\x6869", column(ValueKind.BYTES, "bytea"));
        Output output = new Output().clear();
        mask.mask(new Value().bytes(ValueKind.BYTES, new byte[0], 0, 0), output);
        assertEquals("hi", new String(output.bytes(), 0, output.length(), StandardCharsets.UTF_8));
    }
}
