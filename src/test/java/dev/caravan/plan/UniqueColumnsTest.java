package dev.caravan.plan;

import static dev.caravan.plan.Masked.INT4;
import static dev.caravan.plan.Masked.TEXT;
import static dev.caravan.plan.Masked.column;
import static dev.caravan.plan.Masked.facts;
import static dev.caravan.plan.Masked.name;
import static dev.caravan.plan.Masked.notNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.mask.ColumnDecision;
import dev.caravan.mask.Condition;
import dev.caravan.mask.MaskRule;
import dev.caravan.mask.Settings;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.Column;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.Index;
import java.util.List;
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
        assertTrue(refused.hint().endsWith(": token."), refused::hint);
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
                        new Column("lower", TEXT, false, true, facts(List.of(), false, List.of("name"))))
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

    @Test
    void anExpressionMayGiveDifferentMaskedValuesTheSame() {
        shop.index("t", demands(false, true, null)).keep("t.*").mask("t.name", "token");
        String warning = shop.assign().warnings().get(0);
        assertTrue(warning.contains("is on an expression of the masked column public.t.name"), warning);
    }

    @Test
    void aMaskedConditionOfAPartialIndexIsToldUnlessItOnlyTestsForNull() {
        shop.index("t", demands(false, false, "(gone IS NULL)")).keep("t.*").mask("t.gone", "token");
        assertEquals(List.of(), shop.assign().warnings());
        shop.mask("t.gone", "null");
        assertEquals(1, shop.assign().warnings().size());
        shop.indexes.clear();
        shop.mask("t.gone", "token").index("t", demands(false, false, "(gone > 'a'::text)"));
        assertEquals(1, shop.assign().warnings().size());
    }
}
