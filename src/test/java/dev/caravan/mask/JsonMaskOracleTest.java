package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Generated documents, paths and choices: the mask over bytes gives what a parser and a generator do. */
class JsonMaskOracleTest {
    private static final int DOCUMENTS = 20_000;
    private static final JsonFactory JSON = new JsonFactory();
    private static final List<String> KEYS = List.of(
            "a",
            "b",
            "address2",
            "anna@corp.example",
            "odd key",
            "",
            "\\u0061",
            "\\\"q\\\"",
            "é",
            "\\ud83d\\ude00",
            "x12345",
            "a\\\\b",
            "_",
            "line\\nbreak");
    private static final List<String> TEXTS = List.of(
            "",
            "Anna",
            "4111111111111111",
            "\\u00e9t\\u00E9",
            "é😀",
            "\\ud83d\\ude00",
            "a\\/b\\\\",
            "\\\"",
            "\\b\\f\\n\\r\\t",
            "\\u0000\\u001f",
            "key: {\\\"x\\\": 1}",
            "2020-01-01");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "7",
            "-12",
            "4711",
            "1.50",
            "-0.0",
            "1e3",
            "1E+02",
            "2.5e-3",
            "999999999999999999",
            "9223372036854775807",
            "-9223372036854775808",
            "9223372036854775808",
            "123456789012345678901234567890",
            "1234567890123456789012.5");
    private static final List<String> PATHS = List.of(
            "$",
            "$.a",
            "$.b",
            "$.a.b",
            "$.*",
            "$[*]",
            "$..a",
            "$..b[*]",
            "$.a[*].b",
            "$[\"odd key\"]",
            "$.*.a",
            "$..*.b",
            "$.a..b",
            "$[\"anna@corp.example\"]",
            "$.é");
    private static final List<Object> MASKS = List.of(
            "keep",
            "token",
            "integer-id",
            "first-name",
            "boolean",
            "null",
            "card",
            "partial",
            "number-noise",
            Map.of("mask", "fixed", "value", "x\"\\\u0001"));

    private static final String BREAKING = "\"\\,:{}[]0.eE+-tfn ";

    private final Random random = new Random(20_261_128);

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String blanks() {
        return random.nextInt(4) > 0 ? "" : one(List.of(" ", "\n", "\t \r\n"));
    }

    private String document(int depth) {
        int kind = random.nextInt(depth > 4 ? 4 : 7);
        StringBuilder text = new StringBuilder(blanks());
        switch (kind) {
            case 0 ->
                text.append('"').append(one(TEXTS)).append(random.nextInt(100)).append('"');
            case 1 -> text.append(one(NUMBERS));
            case 2 -> text.append(one(List.of("true", "false", "null")));
            case 3 -> text.append(one(List.of("{}", "[]", "\"\"", "{ }", "[\n]")));
            case 4 -> {
                text.append('[');
                for (int i = random.nextInt(4); i >= 0; i--) {
                    text.append(document(depth + 1)).append(i > 0 ? "," : "");
                }
                text.append(']');
            }
            default -> {
                text.append('{');
                for (int i = random.nextInt(4); i >= 0; i--) {
                    text.append(blanks())
                            .append('"')
                            .append(one(KEYS))
                            .append('"')
                            .append(blanks())
                            .append(':');
                    text.append(document(depth + 1)).append(i > 0 ? "," : "");
                }
                text.append('}');
            }
        }
        return text.append(blanks()).toString();
    }

    /** Something else, or less, or more, somewhere. */
    private String broken(String document) {
        StringBuilder text = new StringBuilder(document);
        int at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
            case 0 -> text.deleteCharAt(at);
            case 1 -> text.setLength(at);
            case 2 ->
                text.insert(
                        at, one(List.of("\"", "\\", ",", ":", "{", "]", "0", "-", "e", ".", "x", "\u0001", "null")));
            default -> text.setCharAt(at, BREAKING.charAt(random.nextInt(BREAKING.length())));
        }
        return text.toString();
    }

    private static String normal(String json) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonParser in = JSON.createParser(json.getBytes(StandardCharsets.UTF_8));
                JsonGenerator to = JSON.createGenerator(out)) {
            for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    to.writeString(in.getText());
                } else if (token.isNumeric()) {
                    to.writeNumber(in.getText());
                } else {
                    to.copyCurrentEvent(in);
                }
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theMaskOverBytesDoesWhatAParserAndAGeneratorDo() throws IOException {
        int readable = 0;
        int unreadable = 0;
        for (int i = 0; i < DOCUMENTS; i++) {
            Map<String, Object> paths = new LinkedHashMap<>();
            for (int n = random.nextInt(5); n > 0; n--) {
                paths.put(one(PATHS), one(MASKS));
            }
            String unknown = one(List.of("null", "mask", "keep", "fail"));
            String keys = one(List.of("mask", "words", "keep"));
            MaskedColumn column = MaskedColumn.of(ValueKind.JSON, "jsonb", "test", NumberMasking.KEY);
            ValueMask mask = new JsonMask(JsonRule.all(paths, column), unknown, keys, column.hash("json"));
            ValueMask oracle = new JsonOracle(JsonRule.all(paths, column), unknown, keys, column.hash("json"));
            for (int n = 0; n < 4; n++) {
                String document = document(0);
                document = n == 3 ? broken(document) : document;
                String expected = NumberMasking.text(oracle, ValueKind.JSON, document);
                String masked = NumberMasking.text(mask, ValueKind.JSON, document);
                boolean read = !expected.startsWith("<");
                String which = paths + " " + unknown + " " + keys + " " + document;
                assertEquals(expected, read && !masked.startsWith("<") ? normal(masked) : masked, which);
                readable += read ? 1 : 0;
                unreadable += read ? 0 : 1;
            }
        }
        assertTrue(readable > DOCUMENTS && unreadable > DOCUMENTS / 4, readable + " and " + unreadable);
    }

    private static String json(String paths, String document) {
        ValueMask mask = NumberMasking.mask(new JsonMasker(), Map.of("paths", Map.of(paths, "keep")), ValueKind.JSON);
        return NumberMasking.text(mask, ValueKind.JSON, document);
    }

    @Test
    void whatIsKeptStaysAsItIsWritten() {
        for (String document : List.of(
                "{\"a\":\"caf\\u00e9 \\/ \\ud83d\",\"a\":1.500e+07}",
                "\"\\u0000\"",
                "-0.0",
                "9".repeat(5_000),
                "\"" + "x".repeat(100_000) + "\"")) {
            assertEquals(document, json("$", document));
        }
    }

    @Test
    void aTextIsReadWithoutItsEscapes() {
        ValueMask mask = NumberMasking.mask(new JsonMasker(), Map.of("paths", Map.of("$", "token")), ValueKind.JSON);
        String plain = NumberMasking.text(mask, ValueKind.JSON, "\"é😀/\"");
        assertEquals(plain, NumberMasking.text(mask, ValueKind.JSON, "\"\\u00E9\\uD83d\\ude00\\/\""));
        String half = NumberMasking.text(mask, ValueKind.JSON, "\"?x\"");
        assertEquals(half, NumberMasking.text(mask, ValueKind.JSON, "\"\\ud83dx\""));
        assertEquals(half, NumberMasking.text(mask, ValueKind.JSON, "\"\\ude00x\""));
    }

    @Test
    void whatFollowsADocumentMakesItUnreadable() {
        for (String behind : List.of("x", "1", "é", "\u0000", "{}", ",")) {
            assertEquals("<UNREADABLE>", json("$", "\"a\"" + behind));
        }
    }

    @Test
    void aNumberTooLongToBeReadIsEmptied() {
        ValueMask mask =
                NumberMasking.mask(new JsonMasker(), Map.of("paths", Map.of("$[*]", "number-noise")), ValueKind.JSON);
        assertEquals("[null]", NumberMasking.text(mask, ValueKind.JSON, "[" + "9".repeat(1_001) + "]"));
    }

    @Test
    void aDocumentDeeperThanAThousandLevelsIsUnreadable() {
        assertEquals("[".repeat(1_000) + "]".repeat(1_000), json("$", "[".repeat(1_000) + "]".repeat(1_000)));
        assertEquals("<UNREADABLE>", json("$", "[".repeat(1_001) + "]".repeat(1_001)));
        assertEquals("<UNREADABLE>", json("$", "{\"a\":".repeat(100_000)));
    }
}
