package dev.caravan.plan;

import static dev.caravan.plan.Masked.INT4;
import static dev.caravan.plan.Masked.TEXT;
import static dev.caravan.plan.Masked.name;
import static dev.caravan.plan.Masked.spelled;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.mask.ColumnDecision;
import dev.caravan.mask.Condition;
import dev.caravan.mask.MaskRule;
import dev.caravan.mask.Settings;
import dev.caravan.schema.Column;
import dev.caravan.schema.ColumnType;
import dev.caravan.schema.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What the source is asked about what a policy writes out, and what follows from its answers. */
class AskedValuesTest extends MaskedShop {
    private static final ColumnType INTERVAL = Samples.base(1186, "interval");
    private final List<Question> asked = new ArrayList<>();

    private void answers(Function<Question, Answer> source) {
        shop.asking = questions -> {
            asked.addAll(questions);
            return questions.stream().map(source).toList();
        };
    }

    private static Map<String, Object> value(String value) {
        return Map.of("value", value);
    }

    private static boolean holds(Question question, String... texts) {
        return question.row().stream()
                .map(one -> one.text().orElse("NULL"))
                .toList()
                .equals(List.of(texts));
    }

    @Test
    void aWrittenValueIsWhatTheSourceTakesForOne() {
        shop.table("t", spelled("a", INTERVAL, "interval"), spelled("b", INTERVAL, "interval"))
                .mask("t.a", "choice", Map.of("values", List.of("1 day", "nonsense")))
                .mask("t.b", "fixed", value("1 day"));
        answers(question -> holds(question, "nonsense") ? Answer.NO_VALUE : Answer.TAKEN);
        onlyProblem(ErrorCode.MASK_REFUSED, "public.t.a", "no value of its type");
        assertFalse(shop.assign().problems().toString().contains("nonsense"));
        answers(question -> Answer.UNKNOWN);
        assertEquals(List.of(), shop.problems(), "a source that cannot tell decides nothing");
    }

    @Test
    void theSourceIsAskedOnceAndOnlyOnceAboutTheSame() {
        List<Integer> calls = new ArrayList<>();
        shop.asking = questions -> {
            calls.add(questions.size());
            return questions.stream().map(question -> Answer.TAKEN).toList();
        };
        shop.table("t", spelled("a", INTERVAL, "interval"), spelled("b", INTERVAL, "interval"))
                .mask("t.a", "choice", Map.of("values", List.of("1 day", "2 days", "1 day")))
                .mask("t.b", "fixed", value("1 day"))
                .assign();
        assertEquals(List.of(3), calls);
    }

    @Test
    void aConditionOverEmptiedColumnsIsDecidedBeforehand() {
        shop.table("t", spelled("a", TEXT, "text"), spelled("b", TEXT, "text"))
                .check("t", "CHECK (((a IS NOT NULL) OR (b IS NOT NULL)))", "a", "b")
                .mask("t.a", "null")
                .mask("t.b", "null");
        answers(question -> Answer.VIOLATED);
        onlyProblem(ErrorCode.MASK_REFUSED, "check_0");
        assertEquals(
                "((a IS NOT NULL) OR (b IS NOT NULL))", asked.get(0).condition().replaceFirst("^\\((.*)\\)$", "$1"));
        answers(question -> Answer.TAKEN);
        assertEquals(List.of(), shop.assign().warnings());
        assertEquals(List.of(), shop.problems());
    }

    @Test
    void aNullThatWasThereBeforeMakesNoViolationCertain() {
        shop.table("t", spelled("a", TEXT, "text"), spelled("b", TEXT, "text"))
                .check("t", "CHECK (((a IS NOT NULL) OR (b IS NOT NULL)))", "a", "b")
                .mask("t.a", "fixed", value("x"))
                .mask("t.b", "null");
        answers(question -> holds(question, "NULL", "NULL") ? Answer.VIOLATED : Answer.TAKEN);
        assertEquals(List.of(), shop.problems());
        assertEquals(1, shop.assign().warnings().size());
    }

    /** CHECK (num_nonnulls(a, b) = 1): what both masks write is in no row together. */
    @Test
    void columnsThatAreNullInTurnsMakeNoViolationCertain() {
        shop.table("t", spelled("a", TEXT, "text"), spelled("b", TEXT, "text"))
                .check("t", "CHECK ((num_nonnulls(a, b) = 1))", "a", "b")
                .mask("t.a", "fixed", value("x"))
                .mask("t.b", "fixed", value("y"));
        answers(question -> holds(question, "x", "y") ? Answer.VIOLATED : Answer.TAKEN);
        assertEquals(List.of(), shop.problems());
        assertEquals(1, shop.assign().warnings().size());
    }

    @Test
    void aCoinThatFallsOnOneSideOnlyHasOneOutput() {
        shop.table("t", spelled("a", Samples.base(16, "bool"), "boolean"))
                .check("t", "CHECK (a)", "a")
                .mask("t.a", "boolean", Map.of("probability", 1));
        answers(question -> holds(question, "false") ? Answer.VIOLATED : Answer.TAKEN);
        assertEquals(List.of(), shop.problems());
    }

    @Test
    void aCheckThatIsNotValidHoldsNoRowAgainstItself() {
        shop.table("t", spelled("a", TEXT, "text"))
                .check("t", "CHECK ((a <> 'x'::text)) NOT VALID", "a")
                .mask("t.a", "fixed", value("x"));
        assertEquals(List.of(), shop.problems());
        assertEquals(List.of(), shop.assign().warnings());
    }

    @Test
    void aConditionThatReadsAKeptColumnIsNotAsked() {
        shop.table("t", spelled("a", TEXT, "text"), spelled("b", TEXT, "text"))
                .check("t", "CHECK ((a <> b))", "a", "b")
                .mask("t.a", "fixed", value("x"))
                .keep("t.b");
        answers(question -> question.condition().isEmpty() ? Answer.TAKEN : Answer.VIOLATED);
        assertEquals(List.of(), shop.problems());
        assertEquals(1, shop.assign().warnings().size());
    }

    @Test
    void functionsOfTheDatabasesOwnAreNotRun() {
        for (String condition : List.of(
                "public.looks_good(a)",
                "\"odd.schema\".\"looks good\"(a)",
                "(a OPERATOR(public.=) 'x'::text)",
                "((a)::public.trap <> 'x'::text)",
                "((\"it's\" = 'x'::text) AND public.evil(\"it's\"))",
                "(query_to_xml('SELECT public.evil()'::text, true, true, ''::text) IS NOT NULL)",
                "(domain_in('x'::cstring, (16400)::oid, '-1'::integer) IS NULL)",
                "pg_catalog.\"pg_terminate_backend\"(id)",
                "(nextval('s'::regclass) > 0)",
                "(t.* IS NOT NULL)")) {
            assertFalse(Evaluable.expression(condition, List.of()), condition);
        }
        for (String condition : List.of(
                "((a)::text <> 'public.looks_good(a)'::text)",
                "((\"it's\" = 'x'::text) OR (a <> 'pg_sleep(9)'::text))",
                "satisfies_hash_partition('16400'::oid, 2, 0, a)",
                "pg_catalog.lower(a) = a",
                "(price > 1.5)")) {
            assertTrue(Evaluable.expression(condition, List.of()), condition);
        }
        ColumnType trap = new ColumnType(
                30_000,
                "public",
                "trap",
                ColumnType.Kind.DOMAIN,
                true,
                List.of(TEXT),
                new ColumnType.Rules(List.of(), false, List.of("CHECK (public.spring(VALUE))"), -1));
        shop.table("t", spelled("a", trap, "public.trap")).mask("t.a", "fixed", value("x"));
        answers(question -> Answer.VIOLATED);
        shop.assign();
        assertEquals(List.of(), asked);
    }

    @Test
    void aDomainsCheckIsAskedWhereItIsNotPlain() {
        ColumnType digits = new ColumnType(
                30_000,
                "public",
                "digits",
                ColumnType.Kind.DOMAIN,
                true,
                List.of(TEXT),
                new ColumnType.Rules(List.of(), false, List.of("CHECK ((VALUE ~ '^[0-9]+$'::text))"), -1));
        shop.table("t", spelled("a", digits, "public.digits")).mask("t.a", "fixed", value("x"));
        answers(question -> Answer.VIOLATED);
        onlyProblem(ErrorCode.MASK_REFUSED, "CHECK of its domain");
        MaskRule sometimes = new MaskRule(
                Optional.of(new Condition("a", List.of(), true, false)),
                "fixed",
                new Settings(value("x")),
                false,
                OptionalInt.empty());
        shop.entries.clear();
        shop.decide(
                "t.a",
                new ColumnDecision(
                        List.of(sometimes, MaskRule.of("keep", Settings.NONE)),
                        Optional.empty(),
                        Optional.of("r"),
                        "here"));
        assertEquals(List.of(), shop.problems(), "it may never come to bear");
        assertEquals(1, shop.assign().warnings().size());
    }

    @Test
    void whatIsComputedIsPartOfTheQuestion() {
        Column computed = new Column("twice", INT4, false, true, spelled("integer", "(a * 2)", "a"));
        shop.table("t", spelled("a", INT4, "integer"), computed)
                .check("t", "CHECK ((twice > 10))", "twice")
                .mask("t.a", "fixed", value("3"));
        answers(question -> question.computed().isEmpty() ? Answer.TAKEN : Answer.VIOLATED);
        assertTrue(shop.problems().get(0).contains("check_0"), shop.problems()::toString);
    }

    @Test
    void whatATableWithoutRowsDemandsIsOfNoAccount() {
        shop.table("t", spelled("a", TEXT, "text"))
                .check("t", "CHECK ((a IS NOT NULL))", "a")
                .mask("t.a", "null");
        assertEquals(1, shop.problems().size());
        shop.withoutRows = Set.of(name("t"));
        assertEquals(List.of(), shop.problems());
    }

    @Test
    void whatMayBeNoXmlIsNoMaskOfIt() {
        ColumnType xml = Samples.base(142, "xml");
        shop.table("t", spelled("a", xml, "xml")).mask("t.a", "name");
        onlyProblem(ErrorCode.MASK_REFUSED, "may be no XML", "token");
        shop.entries.clear();
        shop.mask("t.a", "token").assign().throwIfAny();
        shop.entries.clear();
        shop.mask("t.a", "token", Map.of("prefix", "R&D"));
        onlyProblem(ErrorCode.MASK_REFUSED, "may be no XML");
    }
}
