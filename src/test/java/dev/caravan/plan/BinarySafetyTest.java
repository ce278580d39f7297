package dev.caravan.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.caravan.schema.Column;
import dev.caravan.schema.ColumnType;
import dev.caravan.schema.ColumnType.Kind;
import dev.caravan.schema.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BinarySafetyTest {
    private static final ColumnType TEXT = Samples.base(25, "text");
    private static final ColumnType REGCLASS = Samples.base(2205, "regclass");
    private static final ColumnType NO_BINARY =
            new ColumnType(1033, "pg_catalog", "aclitem", Kind.BASE, false, List.of());
    private static final ColumnType HSTORE = of(20000, "hstore", Kind.BASE);
    private static final ColumnType MOOD = of(20001, "mood", Kind.ENUM);

    private static ColumnType of(long oid, String name, Kind kind, ColumnType... parts) {
        return new ColumnType(oid, "public", name, kind, true, List.of(parts));
    }

    private static ColumnType builtInArray(ColumnType element) {
        return new ColumnType(1007, "pg_catalog", "_" + element.name(), Kind.ARRAY, true, List.of(element));
    }

    private static Stream<Arguments> types() {
        return Stream.of(
                Arguments.of("a number", Samples.INT, 15, 17, true),
                Arguments.of("a text", TEXT, 13, 18, true),
                Arguments.of("an array of a built-in", builtInArray(TEXT), 13, 13, true),
                Arguments.of("no send and receive", NO_BINARY, 15, 15, false),
                Arguments.of("an array of no send and receive", builtInArray(NO_BINARY), 15, 15, false),
                Arguments.of("an empty tsquery", Samples.base(3615, "tsquery"), 15, 15, false),
                Arguments.of("regclass", REGCLASS, 15, 15, false),
                Arguments.of("regproc", Samples.base(24, "regproc"), 15, 15, false),
                Arguments.of("regcollation", Samples.base(4191, "regcollation"), 15, 15, false),
                Arguments.of("an array of regclass", builtInArray(REGCLASS), 15, 15, false),
                Arguments.of("a domain over regclass", of(20002, "d", Kind.DOMAIN, REGCLASS), 15, 15, false),
                Arguments.of(
                        "a composite with an array of regclass",
                        of(20003, "c", Kind.COMPOSITE, TEXT, builtInArray(REGCLASS)),
                        15,
                        15,
                        false),
                Arguments.of("an enum", MOOD, 13, 18, true),
                Arguments.of("an array of enums, target 15", of(20004, "_mood", Kind.ARRAY, MOOD), 15, 15, true),
                Arguments.of("an array of enums, target 13", of(20004, "_mood", Kind.ARRAY, MOOD), 13, 13, false),
                Arguments.of("an extension's, same version", HSTORE, 15, 15, true),
                Arguments.of("an extension's, other version", HSTORE, 15, 16, false),
                Arguments.of("a range over an extension's", of(20005, "r", Kind.RANGE, HSTORE), 15, 16, false),
                Arguments.of("a domain over a text", of(20006, "email", Kind.DOMAIN, TEXT), 13, 18, true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("types")
    void everyDoubtMeansText(String what, ColumnType type, int source, int target, boolean binary) {
        Table table = Samples.table("t", 1, Table.Kind.PLAIN, List.of(Samples.INT, type), Optional.empty());
        Optional<String> reason = new BinarySafety(source, target).reasonForText(table);
        assertEquals(binary, reason.isEmpty(), () -> what + ": " + reason);
        reason.ifPresent(sentence -> assertEquals("column c1: ", sentence.substring(0, 11)));
    }

    @Test
    void aGeneratedColumnDoesNotTravelAndDoesNotMatter() {
        Table plain = Samples.table("t", 1);
        Table table = new Table(
                1,
                plain.name(),
                plain.kind(),
                List.of(new Column("g", REGCLASS, false, true)),
                1,
                1,
                -1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false,
                false,
                false);
        assertEquals(Optional.empty(), new BinarySafety(15, 15).reasonForText(table));
    }
}
