package dev.caravan.mask;

import dev.caravan.schema.ColumnType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/**
 * Generated values of one type, as PostgreSQL prints them, odd ones first.
 *
 * @param type the type
 * @param values the values
 */
record MaskerCases(ColumnType type, List<String> values) {
    static final List<String> LABELS = List.of("gold", "silver", "bronze");

    /** So many of each type that is of a kind. @param example a text to be like */
    static List<MaskerCases> of(ValueKind kind, String example, int count) {
        return switch (kind) {
            case TEXT -> List.of(new MaskerCases(base("text"), texts(example, count)));
            case INTEGER ->
                List.of(
                        numbers("int2", count, random -> Long.toString((short) random.nextInt())),
                        numbers("int4", count, random -> Long.toString(random.nextInt() >> random.nextInt(31))),
                        numbers("int8", count, random -> Long.toString(random.nextLong() >> random.nextInt(63))));
            case DECIMAL ->
                List.of(numbers("numeric", count, random -> (random.nextLong() >> 8 + random.nextInt(55)) + ".00"));
            case FLOAT ->
                List.of(
                        numbers("float4", count, random -> Float.toString((random.nextInt() >> 12) / 16f)),
                        numbers("float8", count, random -> Double.toString((random.nextLong() >> 24) / 1024d)));
            case BOOLEAN -> List.of(cases("bool", count, List.of(), random -> random.nextBoolean() ? "t" : "f"));
            case DATE ->
                List.of(cases(
                        "date",
                        count,
                        List.of("infinity", "-infinity", "4713-01-01 BC", "0001-01-01", "5874897-12-31", "2000-01-01"),
                        MaskerCases::day));
            case TIMESTAMP ->
                List.of(cases(
                        "timestamp",
                        count,
                        List.of("infinity", "-infinity", "4713-01-01 00:00:00 BC", "294276-12-31 23:59:59.999999"),
                        random -> day(random) + " " + time(random)));
            case TIME -> List.of(cases("time", count, List.of("00:00:00", "24:00:00"), MaskerCases::time));
            case UUID ->
                List.of(cases(
                        "uuid",
                        count,
                        List.of(new UUID(0, 0).toString(), new UUID(-1, -1).toString()),
                        random -> new UUID(random.nextLong(), random.nextLong()).toString()));
            case JSON -> List.of(documents("json", count), documents("jsonb", count));
            case HSTORE ->
                List.of(new MaskerCases(
                        new ColumnType(20_000, "public", "hstore", ColumnType.Kind.BASE, true, List.of()),
                        cases("hstore", count, List.of(""), random -> "\"note\"=>\"" + word(random) + "\"")
                                .values()));
            case BYTES ->
                List.of(cases(
                        "bytea",
                        count,
                        List.of("\\x", "\\x00"),
                        random -> "\\x" + HexFormat.of().formatHex(word(random).getBytes(StandardCharsets.US_ASCII))));
            case INET ->
                List.of(cases(
                        "inet",
                        count,
                        List.of("::1", "0.0.0.0", "255.255.255.255", "10.0.0.0/8", "fe80::1/64"),
                        random -> "10." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256)));
            case MACADDR ->
                List.of(cases(
                        "macaddr",
                        count,
                        List.of("00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff"),
                        random -> String.format(
                                "08:00:2b:%02x:%02x:%02x",
                                random.nextInt(256), random.nextInt(256), random.nextInt(256))));
            case ENUM ->
                List.of(new MaskerCases(
                        new ColumnType(20_001, "public", "medal", ColumnType.Kind.ENUM, true, List.of()),
                        cases("medal", count, List.of(), random -> LABELS.get(random.nextInt(3)))
                                .values()));
            case OTHER -> List.of(cases("point", count, List.of(), random -> "(" + random.nextInt() + ",2)"));
        };
    }

    /** Two of a kind that none of the generated ones is. */
    static List<String> literals(ValueKind kind) {
        return switch (kind) {
            case INTEGER, DECIMAL, FLOAT -> List.of("7", "8");
            case BOOLEAN -> List.of("true", "false");
            case DATE -> List.of("2101-02-03", "2102-02-03");
            case TIME -> List.of("01:02:03.5", "01:02:03.6");
            case TIMESTAMP -> List.of("2101-02-03 04:05:06", "2102-02-03 04:05:06");
            case UUID -> List.of("6fa459ea-ee8a-4ca4-894e-db77e160355e", "7fa459ea-ee8a-4ca4-894e-db77e160355e");
            case JSON -> List.of("{\"a\": 1}", "{\"a\": 2}");
            case HSTORE -> List.of("\"a\"=>\"1\"", "\"a\"=>\"2\"");
            case ENUM -> List.of("gold", "silver");
            case INET -> List.of("192.0.2.1", "192.0.2.2");
            case MACADDR -> List.of("02:00:00:00:00:01", "02:00:00:00:00:02");
            case BYTES, TEXT, OTHER -> List.of("red", "green");
        };
    }

    private interface Generator {
        String next(Random random);
    }

    private static ColumnType base(String name) {
        return new ColumnType(25, "pg_catalog", name, ColumnType.Kind.BASE, true, List.of());
    }

    private static MaskerCases cases(String type, int count, List<String> odd, Generator generator) {
        Random random = new Random(42);
        List<String> values = new ArrayList<>(odd);
        while (values.size() < count) {
            values.add(generator.next(random));
        }
        return new MaskerCases(base(type), values);
    }

    private static MaskerCases numbers(String type, int count, Generator generator) {
        List<String> odd =
                switch (type) {
                    case "int2" -> List.of("0", "1", "-1", "32767", "-32768");
                    case "int4" -> List.of("0", "1", "-1", "2147483647", "-2147483648");
                    case "int8" -> List.of("0", "1", "-1", "9223372036854775807", "-9223372036854775808");
                    case "numeric" -> List.of("0.00", "0.01", "-0.01", "9999999999.99", "NaN", "Infinity");
                    default -> List.of("0", "1e-30", "-1.5", "3e38", "NaN", "Infinity", "-Infinity");
                };
        return cases(type, count, odd, generator);
    }

    private static MaskerCases documents(String type, int count) {
        List<String> odd = List.of("{}", "[]", "null", "\"zyx\"", "7", "{\"id\": null}", "no json");
        return cases(
                type,
                count,
                odd,
                random -> "{\"id\": " + random.nextInt(1 << 20) + ", \"plan\": \"gold\", \"note\": \"" + word(random)
                        + "\", \"" + word(random) + "\": [1, true]}");
    }

    private static String word(Random random) {
        return "zyx" + Long.toString(random.nextLong() >>> 1, 36);
    }

    private static String day(Random random) {
        return String.format(
                Locale.ROOT,
                "%04d-%02d-%02d",
                1900 + random.nextInt(200),
                1 + random.nextInt(12),
                1 + random.nextInt(28));
    }

    private static String time(Random random) {
        return String.format(Locale.ROOT, "%02d:%02d:%02d", random.nextInt(24), random.nextInt(60), random.nextInt(60));
    }

    private static List<String> texts(String example, int count) {
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
                "\u0438\u0432\u0430\u043d 7",
                "\u4e2d\u6587 7",
                "x".repeat(10_000),
                example));
        while (values.size() < count) {
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
}
