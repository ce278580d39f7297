package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.schema.ColumnType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What every masker must do with 10,000 generated values, and with 1,000 of each further kind that it takes, as rows of COPY. */
class MaskerPropertiesTest {
    private static final int CASES = 10_000;
    static final MaskKey KEY = MaskKey.parse("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    private static final MaskKey OTHER_KEY =
            MaskKey.parse("1f1e1d1c1b1a191817161514131211100f0e0d0c0b0a09080706050403020100");
    /** Those whose output does not depend on the key: one value for all, or less of the value itself. */
    private static final Set<String> KEYLESS = Set.of(
            "null",
            "default",
            "fixed",
            "password",
            "template",
            "partial",
            "bytes",
            "date-truncate",
            "generalise",
            "number-round");
    /** Those that have few values to choose from, or leave what is round already. */
    private static final Set<String> COARSE =
            Set.of("boolean", "enum", "choice", "default", "fixed", "date-truncate", "generalise", "number-round");
    /** Values that stand for nothing, and are left. */
    private static final Set<String> NOTHING = Set.of("0", "0.0", "0.00", "infinity", "-infinity");

    @TempDir
    static Path lookups;

    private static Stream<Masker> maskers() {
        return maskers(lookups);
    }

    /** All but keep. @param lookups where the file parts.csv is */
    static Stream<Masker> maskers(Path lookups) {
        return Maskers.load().all().stream()
                .filter(masker -> !masker.name().equals(KeepMasker.NAME))
                .map(masker -> masker instanceof LookupMasker ? new LookupMasker(lookups) : masker);
    }

    @TestFactory
    Stream<DynamicTest> everyMaskerOnEveryTypeThatItTakes() throws Exception {
        writeLookup(lookups);
        return maskers().flatMap(masker -> masker.accepts().stream()
                .flatMap(kind -> MaskerCases.of(kind, masker.example().before(), cases(masker, kind)).stream())
                .flatMap(cases -> prepared(masker, cases.type()).stream()
                        .map(column -> DynamicTest.dynamicTest(
                                masker.name() + " " + cases.type().name(),
                                () -> check(masker, column, cases.values())))));
    }

    static void writeLookup(Path lookups) throws IOException {
        Files.writeString(lookups.resolve("parts.csv"), "name\nBolt\nNut\nWasher\n");
    }

    private static int cases(Masker masker, ValueKind kind) {
        return kind == Collections.min(masker.accepts()) ? CASES : CASES / 10;
    }

    /** The masker's column of that type; none when it refuses the type with the settings of its example. */
    static List<ColumnMask> prepared(Masker masker, ColumnType type) {
        ColumnMask column = column(masker, type, OptionalInt.empty(), false);
        try {
            masker.prepare(
                    settings(masker, type), column.toMasked(column.rules().get(0), KEY, List.of("c")));
            return List.of(column);
        } catch (MaskRefused e) {
            assertTrue(masker.name().equals("default") || masker.name().equals("date-truncate"), e.getMessage());
            return List.of();
        }
    }

    private static void check(Masker masker, ColumnMask column, List<String> values) {
        List<String> masked = masked(masker, column, values, KEY);
        assertTrue(masked.equals(masked(masker, column, values, KEY)), "another time, another output");
        if (!KEYLESS.contains(masker.name())) {
            assertFalse(masked.equals(masked(masker, column, values, OTHER_KEY)), "another key, the same output");
        }
        Settings settings = column.rules().get(0).settings();
        boolean documents = ValueKind.of(column.type()) != ValueKind.TEXT;
        int unchanged = 0;
        for (int i = 0; i < values.size(); i++) {
            boolean same = values.get(i).equals(masked.get(i)) && !values.get(i).isEmpty();
            unchanged += same ? 1 : 0;
            assertFalse(
                    same && masker.alwaysChanges(settings) && !NOTHING.contains(values.get(i)),
                    "a value passed through");
            assertFalse(
                    documents && masked.get(i) != null && masked.get(i).contains("zyx"),
                    "a part of a document passed through");
        }
        if (!COARSE.contains(masker.name())) {
            assertTrue(unchanged * 50 < values.size(), unchanged + " of " + values.size() + " passed through");
        }
        ColumnMask unique = column(masker, column.type(), OptionalInt.empty(), true);
        if (masker.uniqueness(settings).kept()) {
            List<String> distinct = values.stream()
                    .filter(value -> !value.matches("NaN|-?Infinity|-?[0-9]+[.]01"))
                    .distinct()
                    .toList();
            List<String> apart = masked(masker, unique, distinct, KEY);
            assertEquals(distinct.size(), new HashSet<>(apart).size(), "different values stay different");
            assertTrue(
                    apart.equals(masked(masker, column, distinct, KEY)),
                    "a unique column has other values than others of its domain");
        }
        if (ValueKind.of(column.type()) == ValueKind.TEXT) {
            IntStream.of(1, 12, 40)
                    .forEach(limit -> fitsTexts(masker, column.type(), limit, values.subList(0, CASES / 10)));
        }
    }

    private static void fitsTexts(Masker masker, ColumnType type, int limit, List<String> values) {
        try {
            ColumnMask narrow = column(masker, type, OptionalInt.of(limit), false);
            for (String value : masked(masker, narrow, values, KEY)) {
                assertTrue(value == null || value.codePointCount(0, value.length()) <= limit, "longer than " + limit);
            }
        } catch (MaskRefused e) {
            assertFalse(e.getMessage().isBlank());
        }
    }

    private static Settings settings(Masker masker, ColumnType type) {
        List<String> faults = new ArrayList<>();
        Map<String, Object> given = masker.example().parameters();
        List<String> literals = MaskerCases.literals(ValueKind.of(type));
        if (masker instanceof FixedMasker) {
            given = Map.of("value", literals.get(0));
        } else if (masker instanceof ChoiceMasker) {
            given = Map.of("values", literals);
        }
        Settings settings = Settings.check(masker, given, faults);
        assertEquals(List.of(), faults);
        return settings;
    }

    static ColumnMask column(Masker masker, ColumnType type, OptionalInt maxLength, boolean unique) {
        boolean numeric = type.name().equals("numeric");
        return new ColumnMask(
                "c",
                type,
                maxLength,
                numeric ? OptionalInt.of(20) : OptionalInt.empty(),
                numeric ? OptionalInt.of(masker instanceof CoordinatesMasker ? 6 : 2) : OptionalInt.empty(),
                false,
                unique,
                type.kind() == ColumnType.Kind.ENUM ? MaskerCases.LABELS : List.of(),
                "test",
                List.of(MaskRule.of(masker.name(), settings(masker, type))));
    }

    /** As rows of the text form, each with a NULL in the same column behind it; what comes out must be of the type. */
    static List<String> masked(Masker masker, ColumnMask column, List<String> values, MaskKey key) {
        RowMask rows = RowMask.of(
                List.of("c"),
                Map.of("c", column.type()),
                Map.of("c", column),
                key,
                Maskers.of(List.of(masker)),
                RowForm.TEXT);
        Codec codec = PrintedCodecs.of(column.type()).orElseThrow();
        List<String> masked = new ArrayList<>();
        for (String value : values) {
            Bytes plain = new Bytes(64);
            Bytes row = new Bytes(64);
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            plain.put(bytes, 0, bytes.length);
            TextRows.escape(plain, row);
            row.put('\n');
            row.put("\\N\n".getBytes(StandardCharsets.US_ASCII), 0, 3);
            rows.mask(row.array(), row.length(), 2);
            String both = new String(rows.bytes(), 0, rows.length(), StandardCharsets.UTF_8);
            assertTrue(both.endsWith("\n\\N\n"), "NULL stays");
            if (both.startsWith("\\N\n")) {
                masked.add(null);
                continue;
            }
            Bytes field = new Bytes(64);
            TextRows.unescape(rows.bytes(), 0, field);
            assertTrue(codec.decode(field.array(), 0, field.length(), new Value()), "no value of its type");
            masked.add(new String(Arrays.copyOf(field.array(), field.length()), StandardCharsets.UTF_8));
        }
        return masked;
    }
}
