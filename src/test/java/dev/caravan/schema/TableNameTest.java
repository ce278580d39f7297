package dev.caravan.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableNameTest {
    private static final String[] PIECES = {
        "a", "Z", "_", "$", "9", ".", "\"", "\"\"", "'", "\\", " ", "\n", "\t", ";", "--", "é", "漢", "🐪", "order"
    };

    private static String name(Random random) {
        StringBuilder name = new StringBuilder();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            name.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return name.toString();
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            TableName name = new TableName(name(random), name(random));
            assertEquals(name, TableName.parse(name.toString()));
            assertEquals(name, TableName.parse(name.quoted()));
        }
    }

    @Test
    void ordinaryNamesAreWrittenPlain() {
        assertEquals("public.order_line$1", new TableName("public", "order_line$1").toString());
        assertEquals("public.\"Order\"", new TableName("public", "Order").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", ".", "a.", ".a", "\"a.b\"", "a.\"b", "\"\".a"})
    void whatNamesNoTableIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> TableName.parse(text));
    }
}
