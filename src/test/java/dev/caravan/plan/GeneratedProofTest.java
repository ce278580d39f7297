package dev.caravan.plan;

import static dev.caravan.plan.Masked.INT4;
import static dev.caravan.plan.Masked.TEXT;
import static dev.caravan.plan.Masked.column;
import static dev.caravan.plan.Masked.name;
import static dev.caravan.plan.Masked.spelled;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.mask.MaskPolicy;
import dev.caravan.schema.Column;
import dev.caravan.schema.ColumnFacts;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A column that the target computes from masked values must be computable from them. */
class GeneratedProofTest extends MaskedShop {
    @Test
    void whatGivesAValueToAnythingIsTotal() {
        for (String expression : List.of(
                "((a || ' '::text) || b)",
                "lower((a)::text)",
                "\"left\"(a, 3) || upper(b)",
                "COALESCE(a, 'it''s'::text)",
                "\"substring\"(a, 1, 3)",
                "\"substring\"((a)::text, 2)",
                "md5(TRIM(BOTH FROM a))",
                "split_part((a)::text, '@'::text, 2)",
                "\"substring\"((a)::text, '@(.*)$'::text)",
                "setweight(to_tsvector('english'::regconfig, COALESCE(a, ''::text)), 'A'::\"char\")",
                "(a ->> 'mail'::text)",
                "CASE WHEN (a = ANY (ARRAY['x'::text, 'y'::text])) THEN b ELSE NULL::text END",
                "(EXTRACT(year FROM a))::integer",
                "(a IS NOT NULL)",
                "length(b)")) {
            assertTrue(TotalExpression.is(expression, List.of("a", "b")), expression);
        }
    }

    @Test
    void whatReadsOrCountsOrIsUnknownIsNot() {
        for (String expression : List.of(
                "(a)::integer",
                "((a ->> 'age'::text))::integer",
                "(a)::character varying(3)",
                "(b + 1)",
                "(- b)",
                "public.lower(a)",
                "\"substring\"(a, b)",
                "\"substring\"(a, '-1'::integer)",
                "split_part(a, ','::text, 0)",
                "split_part(a, ','::text, b)",
                "split_part((a)::integer, ','::text, 1)",
                "(a)::date",
                "\"left\"(a, c)")) {
            assertFalse(TotalExpression.is(expression, List.of("a", "b")), expression);
        }
    }

    @Test
    void whatFindsNothingMayBeNull() {
        assertFalse(TotalExpression.strict("\"substring\"((a)::text, '@(.*)$'::text)"));
        assertTrue(TotalExpression.strict("split_part(\"substring\"(a, 1, 9), '@'::text, 2)"));
    }

    @Test
    void aNumberIsRoundedToAnInteger() {
        Column cents = new Column("cents", INT4, false, true, spelled("integer", "(a * (100)::numeric)", "a"));
        assertEquals(
                Question.Shape.DOCUMENT,
                Evaluable.computed(cents, List.of()).orElseThrow().shape());
    }

    private static Column computed(boolean notNull, String expression) {
        return new Column("g", TEXT, notNull, true, spelled("text", expression, "a"));
    }

    @Test
    void aCastOfATokenIsUnproven() {
        shop.table("t", column("a", TEXT), computed(false, "((a)::integer)::text"))
                .mask("t.a", "token");
        onlyProblem(ErrorCode.MASK_REFUSED, "public.t.a", "generated column g", "onUnproven: warn");
        shop.onUnproven = MaskPolicy.OnUnproven.WARN;
        assertEquals(1, shop.assign().warnings().size());
        assertEquals(List.of(), shop.problems());
        shop.onUnproven = MaskPolicy.OnUnproven.REFUSE;
        shop.withoutRows = Set.of(name("t"));
        shop.assign().throwIfAny();
    }

    @Test
    void textsPutTogetherArePlain() {
        shop.table("t", column("a", TEXT), computed(true, "(a || 'x'::text)")).mask("t.a", "token");
        shop.assign().throwIfAny();
        shop.entries.clear();
        shop.mask("t.a", "null");
        onlyProblem(ErrorCode.MASK_REFUSED, "generated column g");
    }

    @Test
    void aLiteralInPlaceOfNullIsThere() {
        shop.table("t", column("a", TEXT), computed(true, "COALESCE(a, ''::text)"))
                .mask("t.a", "null")
                .assign()
                .throwIfAny();
    }

    @Test
    void theSourceComputesWhatIsWritten() {
        shop.table("t", spelled("a", TEXT, "text"), computed(true, "((a)::integer)::text"))
                .mask("t.a", "fixed", Map.of("value", "x"));
        shop.asking = questions -> questions.stream()
                .map(question -> question.computed().isEmpty() ? Answer.TAKEN : Answer.NO_VALUE)
                .toList();
        onlyProblem(ErrorCode.MASK_REFUSED, "cannot be computed");
        shop.asking = questions -> questions.stream()
                .map(question -> {
                    assertTrue(question.condition().isEmpty()
                            || question.condition().equals("(\"g\" IS NOT NULL)"));
                    // A NULL that was there before cannot be, under a column that refuses it; the plan does not know
                    // that.
                    return Answer.TAKEN;
                })
                .toList();
        shop.assign().throwIfAny();
    }

    @Test
    void whatMayBeTooLongIsUnproven() {
        Column a = new Column("a", TEXT, false, false, length(10));
        shop.table("t", a, new Column("g", TEXT, false, true, limited(10, "lower(a)")))
                .mask("t.a", "name")
                .assign()
                .throwIfAny();
        shop.tables.clear();
        shop.table("t", a, new Column("g", TEXT, false, true, limited(9, "lower(a)")));
        onlyProblem(ErrorCode.MASK_REFUSED, "generated column g");
        shop.tables.clear();
        shop.table("t", a, new Column("g", TEXT, false, true, limited(10, "(a || 'x'::text)")));
        onlyProblem(ErrorCode.MASK_REFUSED, "generated column g");
        shop.tables.clear();
        shop.table("t", a, new Column("g", INT4, false, true, spelled("numeric(2,0)", "length(a)", "a")));
        onlyProblem(ErrorCode.MASK_REFUSED, "generated column g");
    }

    private static ColumnFacts length(int most) {
        return limited(most, null);
    }

    private static ColumnFacts limited(int most, String expression) {
        return new ColumnFacts(
                OptionalInt.of(most),
                OptionalInt.empty(),
                OptionalInt.empty(),
                List.of(),
                false,
                false,
                expression == null ? List.of() : List.of("a"),
                false,
                "character varying(" + most + ")",
                Optional.ofNullable(expression));
    }

    @Test
    void partitionsThatComputeAlikeAreOneProblem() {
        shop.table("t", Table.Kind.PARTITIONED, null, column("a", TEXT), computed(false, "((a)::integer)::text"))
                .table("t_1", Table.Kind.PLAIN, "t", column("a", TEXT), computed(false, "((a)::integer)::text"))
                .table("t_2", Table.Kind.PLAIN, "t", column("a", TEXT), computed(false, "((a)::integer)::text"))
                .mask("t.a", "token");
        onlyProblem(ErrorCode.MASK_REFUSED, "public.t.a");
    }
}
