package dev.caravan.plan;

import static dev.caravan.plan.Masked.INT4;
import static dev.caravan.plan.Masked.TEXT;
import static dev.caravan.plan.Masked.column;
import static dev.caravan.plan.Masked.name;
import static dev.caravan.plan.Masked.notNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.mask.ColumnDecision;
import dev.caravan.mask.Condition;
import dev.caravan.mask.MaskPolicy;
import dev.caravan.mask.MaskRule;
import dev.caravan.mask.Settings;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.Column;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.Index;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class UniqueColumnsTest {
    private final Masked shop =
            new Masked().table("t", notNull("id", INT4), column("name", TEXT), column("gone", TEXT));

    private boolean unique(String column) {
        return shop.assign().masks().get(name("t")).get(column).unique();
    }

    private static Index.Demands demands(boolean nullsNotDistinct, boolean expressions, String predicate) {
        return new Index.Demands(
                true,
                nullsNotDistinct,
                List.of("name"),
                expressions,
                predicate == null ? List.of() : List.of("gone"),
                Optional.ofNullable(predicate));
    }

    @Test
    void aMaskerThatMakesValuesEqualIsRefusedWithOnesThatDoNot() {
        shop.unique("t", "name").keep("t.*").mask("t.name", "name");
        CaravanException refused =
                assertThrows(CaravanException.class, () -> shop.assign().throwIfAny());
        assertEquals(ErrorCode.MASK_NOT_UNIQUE, refused.code());
        assertTrue(refused.getMessage().contains("unique_1"));
        assertTrue(refused.hint().endsWith(": format-preserving, token."), refused::hint);
    }

    @Test
    void oneThatKeepsThemDifferentIsToldThatItMust() {
        shop.unique("t", "name").keep("t.*").mask("t.name", "token");
        shop.assign().throwIfAny();
        assertTrue(unique("name"));
        assertFalse(unique("id"));
    }

    @Test
    void aColumnBesideAKeptOneMustStayDifferentToo() {
        shop.unique("t", "gone", "name").keep("t.*").mask("t.name", "name");
        assertEquals(1, shop.problems().size());
    }

    @Test
    void aColumnBesideOneThatIsUniqueItselfIsFree() {
        shop.unique("t", "id").unique("t", "id", "name").keep("t.*").mask("t.name", "name");
        shop.assign().throwIfAny();
        assertFalse(unique("name"));
        shop.mask("t.id", "fixed");
        assertEquals(2, shop.problems().size(), () -> shop.problems().toString());
    }

    @Test
    void aNullableColumnDoesNotMakeTheOthersFree() {
        shop.unique("t", "gone").unique("t", "gone", "name").keep("t.*").mask("t.name", "name");
        assertEquals(1, shop.problems().size());
    }

    @Test
    void nullsAreDistinctUnlessTheIndexSaysOtherwise() {
        shop.unique("t", "name").keep("t.*").mask("t.name", "null");
        shop.assign().throwIfAny();
        shop.indexes.clear();
        shop.index("t", demands(true, false, null));
        assertEquals(1, shop.problems().size());
    }

    @Test
    void indexesOnExpressionsCount() {
        shop.index("t", demands(false, true, null)).keep("t.*").mask("t.name", "name");
        assertEquals(1, shop.problems().size());
    }

    @Test
    void anExclusionConstraintCountsEvenBesideAUniqueColumn() {
        shop.unique("t", "id").exclusion("t", "id", "name").keep("t.*").mask("t.name", "name");
        assertEquals(1, shop.problems().size());
        shop.mask("t.name", "token").assign().throwIfAny();
        assertTrue(unique("name"));
    }

    @Test
    void indexesOnComputedColumnsCount() {
        Masked computed = new Masked()
                .table(
                        "t",
                        column("name", TEXT),
                        new Column("lower", TEXT, false, true, Masked.spelled("text", "lower(name)", "name")))
                .unique("t", "lower")
                .mask("t.name", "name");
        assertEquals(1, computed.problems().size());
    }

    @Test
    void indexesThatComeWithExtensionsCount() {
        shop.unique("t", "name").keep("t.*").mask("t.name", "name");
        shop.extensionIndexes.addAll(shop.indexes);
        shop.indexes.clear();
        assertEquals(1, shop.problems().size());
    }

    @Test
    void aMaskThatDependsOnAConditionIsRefused() {
        MaskRule when = new MaskRule(
                Optional.of(new Condition("gone", List.of(), true, false)),
                "keep",
                Settings.NONE,
                false,
                OptionalInt.empty());
        shop.unique("t", "name")
                .keep("t.*")
                .decide(
                        "t.name",
                        new ColumnDecision(
                                List.of(when, MaskRule.of("token", Settings.NONE)),
                                Optional.empty(),
                                Optional.empty(),
                                "here"));
        assertTrue(shop.problems().get(0).contains("depends on a condition"));
    }

    private void assertUnproven(String words) {
        List<MaskProblem> problems = shop.assign().problems();
        assertEquals(1, problems.size(), problems::toString);
        assertEquals(ErrorCode.MASK_NOT_UNIQUE, problems.get(0).code());
        assertTrue(problems.get(0).detail().contains(words), problems::toString);
        assertTrue(problems.get(0).hint().contains("onUnproven: warn"), problems::toString);
        shop.onUnproven = MaskPolicy.OnUnproven.WARN;
        assertEquals(List.of(), shop.problems());
        assertTrue(
                shop.assign().warnings().get(0).contains(words),
                () -> shop.assign().warnings().toString());
        shop.onUnproven = MaskPolicy.OnUnproven.REFUSE;
    }

    @Test
    void anExpressionMayGiveDifferentMaskedValuesTheSame() {
        shop.keep("t.*").mask("t.name", "token");
        for (String keys : List.of(
                "\"left\"(name, 3))",
                "name || gone)",
                "lower(name) COLLATE public.ignoring_case)",
                "btrim(name, 'ab'::text))",
                "lower(\"substring\"(name, 2)))",
                "COALESCE(name, gone))",
                "id, hashtext(name)) WHERE true",
                "")) {
            shop.indexes.clear();
            shop.uniqueBy("t", keys, "name");
            assertUnproven("is on an expression of the masked column public.t.name");
        }
    }

    @Test
    void someExpressionsKeepWhatMaskersMakeDifferent() {
        shop.keep("t.*").mask("t.name", "token");
        for (String keys : List.of(
                "lower(name))",
                "md5(lower((name)::text)))",
                "upper((name)::text) text_pattern_ops DESC NULLS LAST, id) INCLUDE (gone)",
                "id, lower(btrim(name))) WITH (fillfactor='70')",
                "lower(TRIM(BOTH FROM name)) COLLATE \"C\")",
                "COALESCE(lower(name), ''::text)) WHERE (id > 0)",
                "COALESCE(name, 'a, b)'::text), \"left\"(gone, 2))")) {
            shop.indexes.clear();
            shop.uniqueBy("t", keys, "name", "id", "gone");
            assertEquals(List.of(), shop.problems(), keys);
            assertEquals(List.of(), shop.assign().warnings(), keys);
            assertTrue(unique("name"), keys);
        }
    }

    @Test
    void aMaskerIsTrustedWithAnExpressionOnlyWhereItsTextsDifferInMoreThanCase() {
        shop.uniqueBy("t", "lower(name))", "name").keep("t.*").mask("t.name", "format-preserving");
        assertUnproven("is on an expression");
        shop.mask("t.name", "token", Map.of("encoding", "base64url"));
        assertUnproven("is on an expression");
        shop.indexes.clear();
        shop.uniqueBy("t", "((id)::text))", "id")
                .mask("t.id", "integer-id")
                .assign()
                .throwIfAny();
        shop.indexes.clear();
        shop.uniqueBy("t", "COALESCE(id, '-1'::integer))", "id");
        assertUnproven("is on an expression");
    }

    @Test
    void anExpressionsConditionIsNoKey() {
        shop.keep("t.*").mask("t.gone", "name").mask("t.name", "token");
        shop.index(
                "t",
                new Index.Demands(
                        true, false, List.of("name", "gone"), true, List.of(), Optional.of("(gone IS NULL)")));
        assertEquals(2, shop.problems().size(), "where the keys cannot be read, all columns count");
        shop.indexes.clear();
        shop.uniqueBy("t", "lower(name)) WHERE (gone IS NULL)", "name", "gone")
                .assign()
                .throwIfAny();
    }

    @Test
    void anEmptiedColumnMustStayNullInItsKey() {
        shop.keep("t.*").mask("t.name", "null");
        shop.uniqueBy("t", "lower(name), id)", "name", "id").assign().throwIfAny();
        shop.indexes.clear();
        shop.uniqueBy("t", "COALESCE(name, ''::text))", "name");
        assertUnproven("turns NULL into a value");
    }

    @Test
    void aComputedKeyIsWhatItIsComputedBy() {
        Masked computed = new Masked()
                .table(
                        "t",
                        column("name", TEXT),
                        new Column("low", TEXT, false, true, Masked.spelled("text", "lower(name)", "name")),
                        new Column("part", TEXT, false, true, Masked.spelled("text", "\"left\"(name, 3)", "name")))
                .mask("t.name", "token");
        computed.unique("t", "low").assign().throwIfAny();
        computed.indexes.clear();
        computed.uniqueBy("t", "upper(low))", "low").assign().throwIfAny();
        computed.indexes.clear();
        assertEquals(1, computed.unique("t", "part").problems().size());
        computed.entries.clear();
        computed.indexes.clear();
        computed.unique("t", "low").mask("t.name", "null").assign().throwIfAny();
    }

    @Test
    void anExclusionConstraintAsksForMoreThanUniqueness() {
        shop.keep("t.*").mask("t.name", "token");
        shop.excluding("t", "id WITH =, name public.gist_text_ops WITH OPERATOR(pg_catalog.=)", "id", "name")
                .assign()
                .throwIfAny();
        shop.indexes.clear();
        shop.excluding("t", "id WITH =, name WITH &&", "id", "name");
        assertUnproven("excludes rows by the order or the extent");
    }

    @Test
    void aMaskedConditionOfAPartialIndexIsRefusedUnlessItOnlyTestsForNull() {
        shop.index("t", demands(false, false, "(gone IS NULL)")).keep("t.*").mask("t.gone", "token");
        shop.assign().throwIfAny();
        shop.indexes.clear();
        shop.index("t", demands(false, false, "((gone IS NOT NULL) AND (id > 5))"))
                .assign()
                .throwIfAny();
        shop.mask("t.gone", "null");
        assertUnproven("in its WHERE");
        shop.mask("t.name", "null").assign().throwIfAny();
        shop.indexes.clear();
        shop.mask("t.gone", "token").mask("t.name", "token").index("t", demands(false, false, "(gone > 'a'::text)"));
        assertUnproven("in its WHERE");
        shop.unique("t", "name");
        assertEquals(1, shop.problems().size(), "a column of which several rows may be NULL");
        shop.withoutRows = java.util.Set.of(name("t"));
        assertEquals(List.of(), shop.problems());
    }

    @Test
    void whatIsUniqueInAllRowsIsSoInSome() {
        Masked sure = new Masked()
                .table("t", notNull("name", TEXT), column("gone", TEXT))
                .unique("t", "name")
                .index("t", demands(false, false, "(gone > 'a'::text)"))
                .mask("t.*", "token");
        sure.assign().throwIfAny();
    }
}
