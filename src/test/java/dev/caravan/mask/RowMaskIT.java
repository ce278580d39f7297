package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.schema.ColumnType;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Every type is decoded, encoded and taken by a real server again, in both forms of COPY. */
class RowMaskIT {
    private static final MaskKey KEY =
            MaskKey.parse("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    private static EmbeddedPostgres server;

    /** Gives each value back, so that only the codecs are at work. */
    private static final class Echo implements Masker {
        @Override
        public String name() {
            return "echo";
        }

        @Override
        public String description() {
            return "Decodes and encodes.";
        }

        @Override
        public Set<ValueKind> accepts() {
            return EnumSet.allOf(ValueKind.class);
        }

        @Override
        public Example example() {
            return Example.of("x");
        }

        @Override
        public ValueMask prepare(Settings settings, MaskedColumn column) {
            return (value, output) -> {
                switch (value.kind()) {
                    case INTEGER, BOOLEAN, DATE, TIME, TIMESTAMP -> output.number(value.number());
                    case DECIMAL -> output.decimal(value.decimal());
                    case FLOAT -> output.real(value.real());
                    case UUID -> output.uuid(value.high(), value.low());
                    default -> output.append(value.bytes(), value.offset(), value.length());
                }
            };
        }
    }

    @BeforeAll
    static void start() throws Exception {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static ColumnType base(long oid, String name) {
        return new ColumnType(oid, "pg_catalog", name, ColumnType.Kind.BASE, true, List.of());
    }

    private static ColumnType array(ColumnType element) {
        return new ColumnType(1, "pg_catalog", "_" + element.name(), ColumnType.Kind.ARRAY, true, List.of(element));
    }

    private static Map<String, ColumnType> types() {
        Map<String, ColumnType> types = new java.util.LinkedHashMap<>();
        types.put("c_text", base(25, "text"));
        types.put("c_varchar", base(1043, "varchar"));
        types.put("c_int2", base(21, "int2"));
        types.put("c_int4", base(23, "int4"));
        types.put("c_int8", base(20, "int8"));
        types.put("c_numeric", base(1700, "numeric"));
        types.put("c_float4", base(700, "float4"));
        types.put("c_float8", base(701, "float8"));
        types.put("c_bool", base(16, "bool"));
        types.put("c_date", base(1082, "date"));
        types.put("c_time", base(1083, "time"));
        types.put("c_timestamp", base(1114, "timestamp"));
        types.put("c_timestamptz", base(1184, "timestamptz"));
        types.put("c_uuid", base(2950, "uuid"));
        types.put("c_json", base(114, "json"));
        types.put("c_jsonb", base(3802, "jsonb"));
        types.put("c_bytea", base(17, "bytea"));
        types.put("c_inet", base(869, "inet"));
        types.put("c_cidr", base(650, "cidr"));
        types.put("c_texts", array(base(25, "text")));
        types.put("c_ints", array(base(23, "int4")));
        types.put("c_timetz", base(1266, "timetz"));
        types.put("c_macaddr", base(829, "macaddr"));
        types.put("c_macaddr8", base(774, "macaddr8"));
        types.put("c_hstore", new ColumnType(20000, "public", "hstore", ColumnType.Kind.BASE, true, List.of()));
        return types;
    }

    private static final String ROWS = """
            INSERT INTO t VALUES
            ('Anna', 'x', 1, 2, 3, 12345.6789, 1.5, -2.25, true, '2020-02-29', '12:34:56.789', '2020-02-29 12:34:56.123456',
             '2020-02-29 12:34:56.1+02', '00112233-4455-6677-8899-aabbccddeeff', '{"a" : 1}', '{"a": [1, null]}', '\\xdeadbeef',
             '192.0.2.1/24', '10.0.0.0/8', ARRAY['a', NULL, 'b,"c\\'], ARRAY[[1, 2], [3, NULL]],
             '12:34:56.7+00', '08:00:2b:01:02:0f', '08:00:2b:ff:fe:01:02:03', 'a=>1, "b\\"\\\\c"=>NULL, ""=>"x, y=>z"'),
            (E'tab\\there\\nnewline\\\\back \u00e9😀', '', -32768, -2147483648, -9223372036854775808, -0.00001, 0, 1e300, false, '4714-11-24 BC',
             '00:00', '0044-03-15 12:00:00.5 BC', '294276-12-31 23:59:59.999999+00', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 'null', '"x"', '',
             '2001:db8::1', '2001:db8::/32', '{}', '{}', '24:00:00+00', 'ff:ff:ff:ff:ff:ff', '00:00:00:00:00:00:00:00', ''),
            (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
            (repeat('long ', 20000), '\\N', 32767, 2147483647, 9223372036854775807, 100000000, 3.4e38, -0.5, true, 'infinity',
             '24:00', '-infinity', '4714-11-24 00:00:00+00 BC', '00000000-0000-0000-0000-000000000000', '[]', '{}', '\\x00',
             '0.0.0.0', '0.0.0.0/0', ARRAY['', 'NULL', '{}', ' '], ARRAY[0], '00:00:00.000001+00', '00:00:00:00:00:00', 'ff:ff:ff:ff:ff:ff:ff:ff', 'null=>"NULL"')
            """;

    @Test
    void whatIsDecodedAndEncodedIsTheSameInBinaryRows() throws Exception {
        roundTrip(RowForm.BINARY);
    }

    @Test
    void whatIsDecodedAndEncodedIsTheSameInTextRows() throws Exception {
        roundTrip(RowForm.TEXT);
    }

    private static void roundTrip(RowForm form) throws Exception {
        Map<String, ColumnType> types = types();
        List<String> columns = List.copyOf(types.keySet());
        String definitions = String.join(
                ", ",
                columns.stream()
                        .map(name -> name + " "
                                + (name.endsWith("_texts")
                                        ? "text[]"
                                        : name.endsWith("_ints") ? "int4[]" : name.substring(2)))
                        .toList());
        try (Connection session = server.getPostgresDatabase().getConnection();
                Statement statement = session.createStatement()) {
            statement.execute("CREATE EXTENSION IF NOT EXISTS hstore; DROP TABLE IF EXISTS t, u; CREATE TABLE t ("
                    + definitions + ");");
            statement.execute("CREATE TABLE u (LIKE t)");
            statement.execute(ROWS);
            CopyManager copy = session.unwrap(PGConnection.class).getCopyAPI();
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            copy.copyOut("COPY t TO STDOUT (FORMAT " + form + ")", sent);
            byte[] all = sent.toByteArray();
            boolean binary = form == RowForm.BINARY;
            byte[] rows = binary ? Arrays.copyOfRange(all, 19, all.length - 2) : all;
            RowMask mask = RowMask.of(columns, types, masks(types), KEY, Maskers.of(List.of(new Echo())), form);
            mask.mask(rows, rows.length, 4);
            ByteArrayOutputStream masked = new ByteArrayOutputStream();
            masked.write(all, 0, binary ? 19 : 0);
            masked.write(mask.bytes(), 0, mask.length());
            masked.write(all, all.length - (binary ? 2 : 0), binary ? 2 : 0);
            copy.copyIn("COPY u FROM STDIN (FORMAT " + form + ")", new ByteArrayInputStream(masked.toByteArray()));
            StringBuilder differing = new StringBuilder();
            for (String column : columns) {
                try (ResultSet row = statement.executeQuery("SELECT count(*) FROM (SELECT " + column
                        + "::text FROM t EXCEPT SELECT " + column + "::text FROM u) d")) {
                    row.next();
                    differing.append(row.getInt(1) == 0 ? "" : column + " ");
                }
            }
            assertEquals("", differing.toString(), "columns that differ");
            try (ResultSet row = statement.executeQuery(
                    "SELECT count(*), (SELECT count(*) FROM (SELECT t::text FROM t EXCEPT SELECT u::text FROM u) d) FROM u")) {
                row.next();
                assertEquals(4, row.getInt(1));
                assertEquals(0, row.getInt(2), "rows that differ");
            }
            for (MaskCounts counts : mask.counts()) {
                assertEquals(0, counts.unreadable(), counts.column());
                assertTrue(counts.masked() >= 3, counts.column());
            }
        }
    }

    private static Map<String, ColumnMask> masks(Map<String, ColumnType> types) {
        Map<String, ColumnMask> masks = new HashMap<>();
        types.forEach((name, type) -> masks.put(
                name,
                new ColumnMask(
                        name,
                        type,
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        false,
                        false,
                        List.of(),
                        "echo",
                        new ArrayList<>(List.of(
                                new MaskRule(Optional.empty(), "echo", Settings.NONE, false, OptionalInt.empty()))))));
        return masks;
    }
}
