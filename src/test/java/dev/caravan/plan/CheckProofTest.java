package dev.caravan.plan;

import static dev.caravan.plan.Masked.INT4;
import static dev.caravan.plan.Masked.MOOD;
import static dev.caravan.plan.Masked.TEXT;
import static dev.caravan.plan.Masked.column;
import static dev.caravan.plan.Masked.facts;
import static dev.caravan.plan.Masked.name;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.schema.Column;
import dev.caravan.schema.ColumnType;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Conditions as pg_get_constraintdef prints them. */
class CheckProofTest {
    private static final String IN = "CHECK ((a = ANY (ARRAY['x'::text, 'it''s'::text])))";
    private static final String VARCHAR_IN =
            "CHECK (((a)::text = ANY ((ARRAY['x'::character varying, 'y'::character varying])::text[])))";

    private static String verdict(String check, ColumnType type, String masker, Map<String, Object> settings) {
        Masked table = new Masked()
                .table("t", column("a", type), column("b", type))
                .check(
                        "t",
                        check,
                        Stream.of("a", "b")
                                .filter(name -> check.matches(".*\\b" + name + "\\b.*"))
                                .toArray(String[]::new))
                .keep("t.b")
                .mask("t.a", masker, settings);
        MaskAssignment assignment = table.assign();
        return !assignment.problems().isEmpty()
                ? "violated"
                : assignment.warnings().isEmpty() ? "holds" : "unknown";
    }

    private static Map<String, Object> value(String value) {
        return Map.of("value", value);
    }

    @Test
    void simpleShapesAreDecided() {
        Object[][] cases = {
            {"CHECK ((a IS NOT NULL))", TEXT, "token", Map.of(), "holds"},
            {"CHECK ((a IS NOT NULL))", TEXT, "null", Map.of(), "violated"},
            {"CHECK ((length(a) <= 30))", TEXT, "token", Map.of(), "holds"},
            {"CHECK ((char_length((a)::text) < 30)) NOT VALID", TEXT, "token", Map.of(), "holds"},
            {"CHECK ((length(a) > 3)) NOT ENFORCED", TEXT, "token", Map.of(), "holds"},
            {"CHECK ((length(a) > 3))", TEXT, "token", Map.of(), "unknown"},
            {"CHECK ((length(a) > 3))", TEXT, "fixed", value("abcd"), "holds"},
            {"CHECK ((length(a) > 3))", TEXT, "fixed", value("abc"), "violated"},
            {"CHECK ((length(a) >= 3))", TEXT, "fixed", value("abc"), "holds"},
            {"CHECK (((a >= 1) AND (a <= 5)))", INT4, "number-random", Map.of("min", 10, "max", 20), "violated"},
            {"CHECK ((a > 20))", INT4, "number-random", Map.of("min", 10, "max", 20), "violated"},
            {"CHECK ((a < 15))", INT4, "number-random", Map.of("min", 10, "max", 20), "unknown"},
            {"CHECK ((a > 0))", INT4, "integer-id", Map.of(), "holds"},
            {"CHECK (((a >= 1) AND (b > 7)))", INT4, "integer-id", Map.of(), "holds"},
            {"CHECK ((a > 5))", INT4, "integer-id", Map.of(), "unknown"},
            {"CHECK ((a <= 0))", INT4, "integer-id", Map.of(), "unknown"},
            {"CHECK ((a > 0))", INT4, "fixed", value("1"), "holds"},
            {"CHECK ((a > 0))", INT4, "fixed", value("0"), "violated"},
            {"CHECK ((a > 0))", INT4, "null", Map.of(), "holds"},
            {"CHECK ((a > b))", INT4, "integer-id", Map.of(), "unknown"},
            {"CHECK ((b > 5))", INT4, "integer-id", Map.of(), "holds"},
            {"CHECK (((a > 0) OR (b > 0)))", INT4, "fixed", value("0"), "unknown"},
            {"CHECK ((a >= (0)::numeric))", INT4, "integer-id", Map.of(), "holds"},
            {"CHECK ((a >= '-5'::integer))", INT4, "integer-id", Map.of(), "unknown"},
            {IN, TEXT, "fixed", value("it's"), "holds"},
            {IN, TEXT, "fixed", value("its"), "violated"},
            {IN, TEXT, "token", Map.of(), "unknown"},
            {IN, TEXT, "choice", Map.of("values", List.of("x", "it's")), "holds"},
            {IN, TEXT, "choice", Map.of("values", List.of("x", "z")), "violated"},
            {VARCHAR_IN, TEXT, "fixed", value("y"), "holds"},
            {"CHECK ((a = ANY (ARRAY['sad'::public.mood, 'happy'::public.mood])))", MOOD, "enum", Map.of(), "holds"},
            {"CHECK ((a = 'sad'::public.mood))", MOOD, "enum", Map.of(), "unknown"},
            {"CHECK ((a <> ''::text))", TEXT, "fixed", value(""), "violated"},
            {"CHECK ((a <> ''::text))", TEXT, "fixed", value("x"), "holds"},
            {"CHECK ((a ~ '^a > 0$'::text))", TEXT, "token", Map.of(), "unknown"},
            {"CHECK ((a = E'back\\\\slash'::text))", TEXT, "fixed", value("back\\slash"), "holds"},
            {"CHECK ((a <> 'x AND (b'::text))", TEXT, "fixed", value("y"), "holds"},
        };
        for (Object[] one : cases) {
            @SuppressWarnings("unchecked")
            Map<String, Object> settings = (Map<String, Object>) one[3];
            assertEquals(
                    one[4],
                    verdict((String) one[0], (ColumnType) one[1], (String) one[2], settings),
                    () -> one[0] + " under " + one[2]);
        }
    }

    @Test
    void aCheckOfTheLengthLimitsWhatIsMade() {
        Masked table = new Masked()
                .table("t", column("a", TEXT))
                .check("t", "CHECK ((length(a) < 30))", "a")
                .mask("t.a", "token");
        assertEquals(
                OptionalInt.of(29),
                table.assign().masks().get(name("t")).get("a").maxLength());
    }

    @Test
    void domainsAreHeldAgainstTheirChecksAtEveryLevel() {
        ColumnType inner = domain(TEXT, "CHECK ((VALUE <> ''::text))");
        ColumnType outer = domain(inner, "CHECK ((length(VALUE) <= 8))");
        Masked table = new Masked().table("t", column("a", outer)).mask("t.a", "fixed", value(""));
        assertEquals(1, table.problems().size());
        table.entries.clear();
        MaskAssignment assignment = table.mask("t.a", "fixed", value("x")).assign();
        assertEquals(List.of(), assignment.problems());
        assertEquals(List.of(), assignment.warnings());
        assertEquals(
                OptionalInt.of(8), assignment.masks().get(name("t")).get("a").maxLength());
    }

    @Test
    void checksOfComputedColumnsAreTold() {
        Column computed = new Column("twice", INT4, false, true, facts(List.of(), false, List.of("a")));
        Masked table = new Masked()
                .table("t", column("a", INT4), computed)
                .check("t", "CHECK ((twice > 0))", "twice")
                .mask("t.a", "integer-id");
        assertEquals(1, table.assign().warnings().size());
        assertTrue(table.assign().warnings().get(0).contains("check_0"));
    }

    private static ColumnType domain(ColumnType base, String check) {
        return new ColumnType(
                30_000,
                "public",
                "d",
                ColumnType.Kind.DOMAIN,
                true,
                List.of(base),
                new ColumnType.Rules(List.of(), false, List.of(check), -1));
    }
}
