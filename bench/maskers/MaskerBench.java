package dev.caravan.bench;

import dev.caravan.mask.ColumnMask;
import dev.caravan.mask.MaskKey;
import dev.caravan.mask.MaskRule;
import dev.caravan.mask.Maskers;
import dev.caravan.mask.RowForm;
import dev.caravan.mask.RowMask;
import dev.caravan.mask.Settings;
import dev.caravan.schema.ColumnType;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What masking one value costs inside a batch of binary rows: 1,000 rows of a text, and eleven columns that travel as they are. The masker keep shows what is
 * spent on the row without any.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MaskerBench {
    private static final int ROWS = 1_000;
    private static final int UNTOUCHED = 11;

    @Param({"keep", "first-name", "last-name", "city", "full-name", "email", "phone", "iban", "token", "json", "format-preserving"})
    String masker;

    private RowMask mask;
    private byte[] rows;

    @Setup(Level.Trial)
    public void make() throws IOException {
        Maskers maskers = Maskers.load();
        List<String> faults = new ArrayList<>();
        Settings settings = Settings.check(
                maskers.find(masker).orElseThrow(),
                parameters(),
                faults);
        ColumnType jsonb = new ColumnType(3802, "pg_catalog", "jsonb", ColumnType.Kind.BASE, true, List.of());
        ColumnType text = new ColumnType(25, "pg_catalog", "text", ColumnType.Kind.BASE, true, List.of());
        ColumnMask column = new ColumnMask(
                "value",
                masker.equals("json") ? jsonb : text,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                false,
                false,
                List.of(),
                masker,
                List.of(MaskRule.of(masker, settings)));
        Map<String, ColumnType> types = new LinkedHashMap<>();
        types.put("value", column.type());
        for (int i = 0; i < UNTOUCHED; i++) {
            types.put("other" + i, text);
        }
        mask = RowMask.of(
                List.copyOf(types.keySet()),
                types,
                Map.of("value", column),
                MaskKey.parse("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"),
                maskers,
                RowForm.BINARY);
        rows = rows();
    }

    private Map<String, Object> parameters() {
        return switch (masker) {
            case "keep" -> Map.of("reason", "measured");
            case "json" -> Map.of(
                    "keys", "words",
                    "paths", Map.of("$.newsletter", "boolean", "$.language", Map.of("mask", "choice", "values", List.of("de", "en", "fr")), "$.tags[*]", "token",
                            "$.points", Map.of("mask", "number-noise", "percent", 20)));
            default -> Map.of();
        };
    }

    private byte[] rows() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (int i = 0; i < ROWS; i++) {
            out.writeShort(1 + UNTOUCHED);
            field(out, value(i));
            for (int j = 0; j < UNTOUCHED; j++) {
                field(out, "untouched " + j);
            }
        }
        return bytes.toByteArray();
    }

    private String value(int i) {
        return switch (masker) {
            case "email" -> "anna.nightingale" + i + "@corp.example";
            case "phone" -> "+49170" + (1_000_000 + i);
            // The version of jsonb comes first.
            case "json" -> "\u0001{\"tags\": [\"segment-" + i % 20 + "\", \"source-" + i % 7 + "\"], \"points\": " + i
                    + ", \"language\": \"de\", \"newsletter\": true}";
            case "iban" -> "DE89370400440532" + String.format("%06d", i);
            default -> "Anna Nightingale " + i;
        };
    }

    private static void field(DataOutputStream out, String value) throws IOException {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int mask() {
        mask.mask(rows, rows.length, ROWS);
        return mask.length();
    }
}
