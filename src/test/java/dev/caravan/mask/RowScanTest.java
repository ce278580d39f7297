package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ColumnType;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Source values are found in every kind of field that holds texts, in both forms of rows. */
class RowScanTest {
    private static final String VALUE = "anna.7@corp.example";

    private final SourceValues values = new SourceValues(
            List.of(new SourceValues.Source("email", false, false), new SourceValues.Source("name", true, false)));

    RowScanTest() {
        values.gatherer("email").seen(utf8(VALUE));
        values.gatherer("name").seen(utf8("Maria da Silva 9"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ColumnType base(String name) {
        boolean builtIn = !Set.of("citext", "hstore").contains(name);
        return new ColumnType(
                builtIn ? 25 : 20_000, builtIn ? "pg_catalog" : "public", name, ColumnType.Kind.BASE, true, List.of());
    }

    private static ColumnType arrayOf(ColumnType element) {
        return new ColumnType(1009, "pg_catalog", "_" + element.name(), ColumnType.Kind.ARRAY, true, List.of(element));
    }

    private static byte[] fields(byte[]... fields) {
        return written(out -> {
            out.writeShort(fields.length);
            for (byte[] field : fields) {
                field(out, field);
            }
        });
    }

    private static void field(DataOutputStream out, byte[] field) throws IOException {
        out.writeInt(field == null ? -1 : field.length);
        if (field != null) {
            out.write(field);
        }
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] written(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    /** Lengths of 33 bytes and more look like letters where they are not read as lengths. */
    private static byte[] array(String... elements) {
        return written(out -> {
            out.writeInt(1);
            out.writeInt(0);
            out.writeInt(25);
            out.writeInt(elements.length);
            out.writeInt(1);
            for (String element : elements) {
                field(out, element == null ? null : utf8(element));
            }
        });
    }

    private static byte[] hstore(String... keysAndValues) {
        return written(out -> {
            out.writeInt(keysAndValues.length / 2);
            for (String each : keysAndValues) {
                field(out, each == null ? null : utf8(each));
            }
        });
    }

    private static void look(RowScan search, byte[] rows, int count) {
        search.look(rows, rows.length, count);
    }

    private static List<String> found(RowScan search) {
        List<String> found = new ArrayList<>();
        search.found().forEach((column, where, count) -> found.add(column + " in " + where + " " + count));
        return found;
    }

    private RowScan search(RowForm form, boolean kept, ColumnType... types) {
        List<String> columns = new ArrayList<>();
        Map<String, ColumnType> byName = new java.util.HashMap<>();
        for (int i = 0; i < types.length; i++) {
            columns.add("c" + i);
            byName.put("c" + i, types[i]);
        }
        return RowScan.of(values, "t", columns, byName, column -> kept, form).orElseThrow();
    }

    @Test
    void everyKindOfTextIsLookedIntoInBinaryRows() {
        String sentence = "please write to " + VALUE + ", she answers";
        Map<ColumnType, byte[]> holding = Map.ofEntries(
                Map.entry(base("text"), utf8(sentence)),
                Map.entry(base("varchar"), utf8(VALUE)),
                Map.entry(base("bpchar"), utf8(VALUE + "     ")),
                Map.entry(base("citext"), utf8("ANNA.7@corp.example")),
                Map.entry(base("xml"), utf8("<mail>" + VALUE + "</mail>")),
                Map.entry(base("json"), utf8("{\"mail\": \"" + VALUE + "\"}")),
                Map.entry(base("jsonb"), utf8("\u0001\"" + VALUE + "\"")),
                Map.entry(base("hstore"), hstore("mail", VALUE, "none", null)),
                Map.entry(arrayOf(base("text")), array("x", null, VALUE, sentence + sentence)),
                Map.entry(arrayOf(base("jsonb")), array("\u0001\"" + VALUE + "\"")));
        holding.forEach((type, bytes) -> {
            RowScan search = search(RowForm.BINARY, false, base("int8"), type, base("text"));
            assertEquals(Set.of("c1", "c2"), search.columns(), type.name());
            byte[] rows = written(out -> {
                out.write(fields(utf8("12345678"), null, utf8("nothing of anybody")));
                out.write(fields(null, bytes, null));
            });
            search.look(rows, rows.length, 2);
            assertEquals(2, search.rows());
            assertTrue(found(search).get(0).startsWith("email in t.c1 "), type.name() + found(search));
            assertEquals(1, found(search).size(), type.name());
        });
    }

    @Test
    void aKeyOfAnHstoreIsLookedIntoAsWell() {
        RowScan search = search(RowForm.BINARY, false, base("hstore"));
        look(search, fields(hstore(VALUE, "some other text")), 1);
        assertEquals(List.of("email in t.c0 1"), found(search));
    }

    @Test
    void whatJsonEscapesHidesNothing() {
        String json = "{\"memo\": \"Hello,\\n" + VALUE + "\"}";
        RowScan binary = search(RowForm.BINARY, false, base("jsonb"), base("json"));
        look(binary, fields(utf8("\u0001" + json), utf8(json)), 1);
        assertEquals(List.of("email in t.c0 1", "email in t.c1 1"), found(binary));
        RowScan text = search(RowForm.TEXT, false, base("jsonb"), base("json"));
        String copied = json.replace("\\", "\\\\");
        look(text, utf8(copied + "\t" + copied + "\n"), 1);
        assertEquals(List.of("email in t.c0 1", "email in t.c1 1"), found(text));
    }

    @Test
    void everyFieldOfATextRowIsLookedIntoByItself() {
        RowScan search = search(RowForm.TEXT, false, base("text"), base("int4"), arrayOf(base("text")));
        look(search, utf8("\\N\t1\t{x,\"" + VALUE + "\"}\nfirst\\n" + VALUE + "\t2\t\\N\n" + VALUE + "\t3\t{}\n"), 3);
        assertEquals(List.of("email in t.c0 2", "email in t.c2 1"), found(search));
        assertEquals(3, search.rows());
    }

    @Test
    void whatAMaskerMayGiveAgainCountsOnlyWhereNothingWasMasked() {
        byte[] row = fields(utf8("Maria da Silva 9"));
        RowScan masked = search(RowForm.BINARY, false, base("text"));
        look(masked, row, 1);
        assertEquals(List.of(), found(masked));
        RowScan kept = search(RowForm.BINARY, true, base("text"));
        look(kept, row, 1);
        assertEquals(List.of("name in t.c0 1"), found(kept));
    }

    @Test
    void thereIsNoSearchWithoutValuesOrTexts() {
        SourceValues none = new SourceValues(List.of(new SourceValues.Source("email", false, false)));
        Map<String, ColumnType> types = Map.of("c0", base("text"), "c1", base("int4"));
        assertTrue(RowScan.of(none, "t", List.of("c0"), types, column -> false, RowForm.BINARY)
                .isEmpty());
        assertTrue(RowScan.of(values, "t", List.of("c1"), types, column -> false, RowForm.BINARY)
                .isEmpty());
        assertTrue(RowScan.of(values, "t", List.of("c0"), types, column -> false, RowForm.BINARY)
                .isPresent());
    }

    @Test
    void rowsOfAnotherShapeAreNotPassedOver() {
        RowScan search = search(RowForm.BINARY, false, base("text"));
        byte[] row = fields(utf8(VALUE));
        assertThrows(CaravanException.class, () -> search.look(row, row.length + 1, 1));
        assertThrows(CaravanException.class, () -> search.look(row, row.length, 2));
        byte[] wider = fields(utf8(VALUE), utf8(VALUE));
        assertThrows(CaravanException.class, () -> search.look(wider, wider.length, 1));
    }
}
