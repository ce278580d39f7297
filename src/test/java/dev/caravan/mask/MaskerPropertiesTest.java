package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.schema.ColumnType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What every masker of texts must do with 10,000 generated values, as rows of a text COPY. */
class MaskerPropertiesTest {
    private static final int CASES = 10_000;
    private static final MaskKey KEY =
            MaskKey.parse("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    private static final MaskKey OTHER_KEY =
            MaskKey.parse("1f1e1d1c1b1a191817161514131211100f0e0d0c0b0a09080706050403020100");
    private static final ColumnType TEXT =
            new ColumnType(25, "pg_catalog", "text", ColumnType.Kind.BASE, true, List.of());
    /** Those whose output does not depend on the value at all. */
    private static final Set<String> CONSTANT = Set.of("null", "default", "fixed", "password", "template");

    private static Stream<Masker> textMaskers() {
        return Maskers.load().all().stream()
                .filter(masker -> masker.accepts().contains(ValueKind.TEXT))
                .filter(masker -> !masker.name().equals(KeepMasker.NAME))
                // It needs a file, and has a test of its own.
                .filter(masker -> !(masker instanceof LookupMasker));
    }

    @TestFactory
    Stream<DynamicTest> everyMaskerOfTexts() {
        return textMaskers().map(masker -> DynamicTest.dynamicTest(masker.name(), () -> check(masker)));
    }

    private static void check(Masker masker) {
        List<String> values = values(masker.example().before());
        List<String> masked = masked(masker, values, KEY, OptionalInt.empty(), false);
        assertEquals(masked, masked(masker, values, KEY, OptionalInt.empty(), false), "the same again");
        Settings settings = settings(masker);
        boolean partial = masker.name().equals("partial");
        if (!CONSTANT.contains(masker.name()) && !partial) {
            assertFalse(masked.equals(masked(masker, values, OTHER_KEY, OptionalInt.empty(), false)), "another key");
        }
        int unchanged = 0;
        for (int i = 0; i < values.size(); i++) {
            boolean same = values.get(i).equals(masked.get(i)) && !values.get(i).isEmpty();
            unchanged += same ? 1 : 0;
            assertFalse(same && masker.alwaysChanges(settings), "a value passed through");
        }
        assertTrue(unchanged * 100 < values.size(), unchanged + " of " + values.size() + " passed through");
        if (masker.uniqueness(settings).kept()) {
            List<String> distinct = List.copyOf(new HashSet<>(values));
            assertEquals(
                    distinct.size(),
                    new HashSet<>(masked(masker, distinct, KEY, OptionalInt.empty(), true)).size(),
                    "different values stay different");
        }
        for (int limit : new int[] {12, 40}) {
            try {
                for (String value : masked(masker, values, KEY, OptionalInt.of(limit), false)) {
                    assertTrue(
                            value == null || value.codePointCount(0, value.length()) <= limit, "longer than " + limit);
                }
            } catch (MaskRefused e) {
                assertFalse(e.getMessage().isBlank());
            }
        }
    }

    /** Values like the example, and odd ones. */
    private static List<String> values(String example) {
        Random random = new Random(42);
        List<String> values = new ArrayList<>(List.of(
                "",
                " ",
                "a",
                "1",
                "\u00e9",
                "\uD83D\uDE00",
                "\n",
                "\t",
                "\\",
                "\\N",
                "a@b",
                "@",
                "a@",
                "+",
                "++",
                "{}",
                "null",
                "NULL",
                "x".repeat(10_000),
                example));
        while (values.size() < CASES) {
            StringBuilder value = new StringBuilder();
            for (char c : example.toCharArray()) {
                value.append(
                        Character.isDigit(c)
                                ? (char) ('0' + random.nextInt(10))
                                : c >= 'a' && c <= 'z'
                                        ? (char) ('a' + random.nextInt(26))
                                        : c >= 'A' && c <= 'Z' ? (char) ('A' + random.nextInt(26)) : c);
            }
            if (random.nextInt(4) == 0) {
                value.setLength(random.nextInt(value.length() + 1));
            }
            if (random.nextInt(8) == 0) {
                value.append((char) (0xA1 + random.nextInt(500)));
            }
            values.add(value.toString());
        }
        return values;
    }

    private static Settings settings(Masker masker) {
        List<String> faults = new ArrayList<>();
        Settings settings = Settings.check(masker, masker.example().parameters(), faults);
        assertEquals(List.of(), faults);
        return settings;
    }

    private static List<String> masked(
            Masker masker, List<String> values, MaskKey key, OptionalInt maxLength, boolean unique) {
        ColumnMask mask = new ColumnMask(
                "c",
                TEXT,
                maxLength,
                OptionalInt.empty(),
                OptionalInt.empty(),
                false,
                unique,
                List.of(),
                "test",
                List.of(MaskRule.of(masker.name(), settings(masker))));
        RowMask rows = RowMask.of(
                List.of("c", "n"),
                Map.of("c", TEXT, "n", TEXT),
                new HashMap<>(Map.of("c", mask)),
                key,
                Maskers.of(List.of(masker)),
                RowForm.BINARY);
        List<String> masked = new ArrayList<>();
        for (String value : values) {
            Bytes row = new Bytes(64);
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            row.putShort(2);
            row.putInt(bytes.length);
            row.put(bytes, 0, bytes.length);
            row.putInt(-1);
            rows.mask(row.array(), row.length(), 1);
            int length = Bytes.intAt(rows.bytes(), 2);
            assertEquals(rows.length(), 2 + 4 + Math.max(0, length) + 4, "the NULL beside it stays");
            masked.add(
                    length < 0
                            ? null
                            : new String(Arrays.copyOfRange(rows.bytes(), 6, 6 + length), StandardCharsets.UTF_8));
        }
        return masked;
    }
}
