package dev.caravan.plan;

import static dev.caravan.plan.Masked.DATE;
import static dev.caravan.plan.Masked.INT4;
import static dev.caravan.plan.Masked.MOOD;
import static dev.caravan.plan.Masked.TEXT;
import static dev.caravan.plan.Masked.column;
import static dev.caravan.plan.Masked.facts;
import static dev.caravan.plan.Masked.length;
import static dev.caravan.plan.Masked.name;
import static dev.caravan.plan.Masked.notNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.mask.ColumnDecision;
import dev.caravan.mask.Condition;
import dev.caravan.mask.MaskPolicy.OnUndecided;
import dev.caravan.mask.MaskRule;
import dev.caravan.mask.Settings;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.Column;
import dev.caravan.schema.ColumnType;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.Partitioning;
import dev.caravan.schema.Table;
import dev.caravan.schema.ValueStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MaskAssignmentTest extends MaskedShop {
    @Test
    void everyCopiedColumnHasAMaskAndADecision() {
        Column computed = new Column("both", TEXT, false, true, Masked.spelled("text", "lower(email)", "email"));
        shop.table("customer", notNull("id", INT4), column("email", TEXT), computed)
                .keep("customer.id")
                .mask("customer.email", "token");
        MaskAssignment assignment = shop.assign();
        assignment.throwIfAny();
        assertEquals(
                Set.of("id", "email"), assignment.masks().get(name("customer")).keySet());
        assertTrue(mask("customer", "id").kept());
        assertEquals("token", mask("customer", "email").domain());
        assertEquals(
                List.of(
                        new MaskAssignment.Decision(
                                name("customer"),
                                "email",
                                "token",
                                Optional.of("token"),
                                Optional.empty(),
                                "masks.yaml:2"),
                        new MaskAssignment.Decision(
                                name("customer"),
                                "id",
                                "keep",
                                Optional.empty(),
                                Optional.of("not personal"),
                                "masks.yaml:1")),
                assignment.decisions());
    }

    @Test
    void undecidedColumnsOfAllTablesAreToldAtOnce() {
        shop.table("customer", column("id", INT4), column("email", TEXT)).table("note", column("body", TEXT));
        shop.keep("customer.id");
        CaravanException refused =
                assertThrows(CaravanException.class, () -> shop.assign().throwIfAny());
        assertEquals(ErrorCode.UNDECIDED_COLUMNS, refused.code());
        List<?> errors = (List<?>) refused.attributes().get("errors");
        assertEquals(2, errors.size());
        assertEquals("body", ((Map<?, ?>) errors.get(1)).get("column"));
        assertEquals("public.note", ((Map<?, ?>) errors.get(1)).get("table"));
        assertTrue(refused.getMessage().contains("public.customer.email"));
    }

    @Test
    void differentProblemsAreOneRefusal() {
        shop.table("customer", column("id", INT4), column("email", TEXT)).mask("customer.id", "token");
        CaravanException refused =
                assertThrows(CaravanException.class, () -> shop.assign().throwIfAny());
        assertEquals(ErrorCode.MASK_REFUSED, refused.code());
    }

    @Test
    void partitionsHaveTheDecisionOfTheirTableUnlessTheyAreNamed() {
        shop.table("event", Table.Kind.PARTITIONED, null, column("who", TEXT))
                .table("event_1", Table.Kind.PLAIN, "event", column("who", TEXT))
                .table("event_2", Table.Kind.PLAIN, "event", column("who", TEXT))
                .mask("event.who", "token")
                .mask("event_2.who", "null");
        shop.assign().throwIfAny();
        assertEquals("token", masker(mask("event_1", "who")));
        assertEquals("null", masker(mask("event_2", "who")));
    }

    @Test
    void rowsOfAMaskedPartitionKeyGoThroughTheRoot() {
        Column key = new Column("day", DATE, true, false, facts(List.of(), true, List.of()));
        shop.table("event", Table.Kind.PARTITIONED, null, key, column("who", TEXT))
                .table("event_1", Table.Kind.PLAIN, "event", column("day", DATE), column("who", TEXT))
                .mask("event.day", "date-shift")
                .mask("event.who", "token");
        shop.partitionings.add(new Partitioning(name("event"), true, Map.of(name("event_1"), "true")));
        MaskAssignment assignment = shop.assign();
        assignment.throwIfAny();
        assertEquals(Set.of(name("event_1")), assignment.throughRoot());
        assertEquals(List.of(), assignment.warnings());
        shop.entries.remove(0);
        shop.keep("event.day");
        assertEquals(Set.of(), shop.assign().throughRoot());
    }

    @Test
    void sequencesOfPermutedIdsEndBeyond() {
        Column id = new Column("id", INT4, true, false, facts(List.of(name("id_seq")), false, List.of()));
        Column other = new Column("other", INT4, true, false, facts(List.of(name("other_seq")), false, List.of()));
        shop.table("customer", id, other).mask("customer.id", "integer-id").keep("customer.other");
        assertEquals(Set.of(name("id_seq")), shop.assign().sequencesBeyond());
    }

    @Test
    void aMaskerThatDoesNotFitIsRefused() {
        shop.table("customer", column("a", INT4)).mask("customer.a", "token");
        onlyProblem(ErrorCode.MASK_REFUSED, "does not take its type int4", "integer-id");
        shop.entries.clear();
        shop.mask("customer.a", "integer-i");
        onlyProblem(ErrorCode.MASK_REFUSED, "no masker integer-i", "Did you mean integer-id?");
        shop.entries.clear();
        shop.mask("customer.a", "picky");
        onlyProblem(ErrorCode.MASK_REFUSED, "the moon is full");
        shop.entries.clear();
        shop.mask("customer.a", "broken");
        onlyProblem(ErrorCode.MASK_REFUSED, "could not be made ready");
        assertFalse(shop.problems().get(0).contains("secret"));
    }

    @Test
    void aColumnThatRefusesNullIsNotEmptied() {
        shop.table("customer", notNull("name", TEXT)).mask("customer.name", "null");
        onlyProblem(ErrorCode.MASK_REFUSED, "refuses NULL");
    }

    @Test
    void aUniqueColumnMustBeLongEnough() {
        shop.table("customer", new Column("name", TEXT, true, false, length(19)))
                .unique("customer", "name")
                .mask("customer.name", "token");
        onlyProblem(ErrorCode.MASK_REFUSED, "20 characters");
    }

    @Test
    void fixedValuesMustBeOfTheType() {
        Object[][] cases = {
            {INT4, "1", "2147483648"},
            {DATE, "2001-02-28", "2001-02-29"},
            {MOOD, "happy", "Happy"},
            {Samples.base(16, "bool"), "false", "maybe"},
        };
        for (Object[] one : cases) {
            Masked good = new Masked().table("t", column("a", (dev.caravan.schema.ColumnType) one[0]));
            assertEquals(
                    List.of(),
                    good.mask("t.a", "fixed", Map.of("value", one[1])).problems());
            Masked bad = new Masked().table("t", column("a", (dev.caravan.schema.ColumnType) one[0]));
            List<String> problems =
                    bad.mask("t.a", "fixed", Map.of("value", one[2])).problems();
            assertEquals(1, problems.size());
            assertFalse(problems.get(0).contains((String) one[2]));
        }
    }

    @Test
    void aConditionNamesAColumnOfTheRow() {
        MaskRule when = new MaskRule(
                Optional.of(new Condition("kindd", List.of("a"), false, false)),
                "null",
                Settings.NONE,
                false,
                OptionalInt.empty());
        shop.table("t", column("a", TEXT), column("kind", TEXT))
                .decide(
                        "t.a",
                        new ColumnDecision(
                                List.of(when, MaskRule.of("token", Settings.NONE)),
                                Optional.empty(),
                                Optional.empty(),
                                "here"))
                .keep("t.kind");
        onlyProblem(ErrorCode.MASK_REFUSED, "kindd", "Did you mean kind?");
    }

    @Test
    void aConditionComparesWhatIsReadAsAText() {
        ColumnType texts = new ColumnType(1009, "pg_catalog", "_text", ColumnType.Kind.ARRAY, true, List.of(TEXT));
        MaskRule listed = new MaskRule(
                Optional.of(new Condition("tags", List.of("{vip}"), false, true)),
                "keep",
                Settings.NONE,
                false,
                OptionalInt.empty());
        shop.table("t", column("a", TEXT), column("tags", texts))
                .decide(
                        "t.a",
                        new ColumnDecision(
                                List.of(listed, MaskRule.of("token", Settings.NONE)),
                                Optional.empty(),
                                Optional.empty(),
                                "here"))
                .keep("t.tags");
        onlyProblem(ErrorCode.MASK_REFUSED, "compares column tags", "Ask only whether it is NULL");
    }

    @Test
    void whatIsWrittenOutIsAValueOfAnArraysElements() {
        ColumnType integers = new ColumnType(1007, "pg_catalog", "_int4", ColumnType.Kind.ARRAY, true, List.of(INT4));
        shop.table("t", column("a", integers)).mask("t.a", "fixed", Map.of("value", "99999999999"));
        onlyProblem(ErrorCode.MASK_REFUSED, "no value of its type");
    }

    @Test
    void anArraysElementsMayRefuseNull() {
        ColumnType domain = new ColumnType(
                20_005,
                "public",
                "filled",
                ColumnType.Kind.DOMAIN,
                true,
                List.of(TEXT),
                new ColumnType.Rules(List.of(), true, List.of(), -1));
        ColumnType filled = new ColumnType(20_006, "public", "_filled", ColumnType.Kind.ARRAY, true, List.of(domain));
        shop.table("t", column("a", filled)).mask("t.a", "null");
        assertTrue(shop.assign().masks().get(Masked.name("t")).get("a").notNull());
    }

    @Test
    void namesThatMatchNothingAreTold() {
        shop.table("customer", column("email", TEXT)).keep("customer.*").keep("customer.emial");
        onlyProblem(ErrorCode.MASK_REFUSED, "public.customer.emial", "Did you mean public.customer.email?");
        shop.entries.remove(1);
        shop.keep("supplier.*");
        assertEquals(
                List.of("The pattern public.supplier.* (masks.yaml:2) matches no column."),
                shop.assign().warnings());
    }

    @Test
    void whatNobodyDecidedOnIsEmptiedWhereThePolicySaysSo() {
        shop.onUndecided = OnUndecided.NULL;
        shop.table("t", column("a", TEXT));
        assertEquals("null", masker(mask("t", "a")));
        shop.table("u", notNull("b", TEXT));
        onlyProblem(ErrorCode.UNDECIDED_COLUMNS, "public.u.b");
    }

    @Test
    void whatNobodyDecidedOnGetsAMaskerOfItsKind() {
        shop.onUndecided = OnUndecided.DEFAULT_MASKER;
        shop.table("t", notNull("a", TEXT), notNull("b", INT4), column("c", MOOD), column("d", DATE))
                .unique("t", "b");
        shop.assign().throwIfAny();
        assertEquals("token", masker(mask("t", "a")));
        assertEquals("integer-id", masker(mask("t", "b")));
        assertEquals("enum", masker(mask("t", "c")));
        assertEquals("date-shift", masker(mask("t", "d")));
        shop.unique("t", "d");
        assertEquals("null", masker(mask("t", "d")), "shifted dates may become equal");
    }

    @Test
    void largeObjectsNeedADecision() {
        shop.largeObjects.add(17L);
        onlyProblem(ErrorCode.UNDECIDED_COLUMNS, "1 large objects");
    }

    @Test
    void statisticsOfMaskedValuesAreNoted() {
        shop.statistics.add(new ValueStatistics(name("common"), name("t"), List.of("a")));
        shop.table("t", column("a", TEXT)).mask("t.a", "token");
        assertEquals(1, shop.assign().notes().size());
        shop.entries.clear();
        assertEquals(List.of(), shop.keep("t.a").assign().notes());
    }
}
