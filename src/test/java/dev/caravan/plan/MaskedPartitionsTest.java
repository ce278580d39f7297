package dev.caravan.plan;

import static dev.caravan.plan.Masked.DATE;
import static dev.caravan.plan.Masked.TEXT;
import static dev.caravan.plan.Masked.column;
import static dev.caravan.plan.Masked.name;
import static dev.caravan.plan.Masked.spelled;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.mask.MaskPolicy;
import dev.caravan.schema.Column;
import dev.caravan.schema.ColumnFacts;
import dev.caravan.schema.ColumnType;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.Partitioning;
import dev.caravan.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** There is a partition for whatever a masked key becomes, or the plan says so. */
class MaskedPartitionsTest extends MaskedShop {
    private static final String YEAR = "((day IS NOT NULL) AND (day >= '2020-01-01'::date))";
    private static final String IN = "((kind IS NOT NULL) AND (kind = 'in AND (out)'::text))";
    private final List<Question> asked = new ArrayList<>();

    /** By day, and within a day by kind. */
    @BeforeEach
    void partition() {
        shop.table("event", Table.Kind.PARTITIONED, null, key("day", DATE, "date"), spelled("kind", TEXT, "text"))
                .table("year", Table.Kind.PARTITIONED, "event", spelled("day", DATE, "date"), key("kind", TEXT, "text"))
                .table(
                        "year_in",
                        Table.Kind.PLAIN,
                        "year",
                        spelled("day", DATE, "date"),
                        spelled("kind", TEXT, "text"));
        partitioned("event", false, "year", YEAR);
        partitioned("year", false, "year_in", "(" + YEAR.substring(1, YEAR.length() - 1) + " AND " + IN.substring(1));
        shop.asking = questions -> {
            asked.addAll(questions);
            return questions.stream()
                    .map(question -> question.condition().isEmpty() ? Answer.TAKEN : Answer.VIOLATED)
                    .toList();
        };
    }

    private static Column key(String name, ColumnType type, String declared) {
        return new Column(
                name,
                type,
                false,
                false,
                new ColumnFacts(
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        List.of(),
                        false,
                        true,
                        List.of(),
                        false,
                        declared,
                        Optional.empty()));
    }

    private void partitioned(String table, boolean takesAll, String partition, String constraint) {
        shop.partitionings.add(new Partitioning(name(table), takesAll, Map.of(name(partition), constraint)));
    }

    @Test
    void eachLevelIsAskedAboutItsOwnKey() {
        shop.keep("event.day").mask("event.kind", "fixed", Map.of("value", "out"));
        onlyProblem(ErrorCode.MASK_REFUSED, "public.year", "none of its partitions", "default partition");
        assertEquals(
                List.of("(((kind IS NOT NULL) AND (kind = 'in AND (out)'::text)) IS NOT FALSE)"),
                asked.stream()
                        .map(Question::condition)
                        .filter(condition -> !condition.isEmpty())
                        .toList());
    }

    @Test
    void aValueThatAPartitionTakesIsNoProblem() {
        shop.asking =
                questions -> questions.stream().map(question -> Answer.TAKEN).toList();
        shop.keep("event.day").mask("event.kind", "fixed", Map.of("value", "in AND (out)"));
        shop.assign().throwIfAny();
        assertEquals(List.of(), shop.assign().warnings());
    }

    @Test
    void aMaskerWithoutAListIsUnprovenWhereNotEverythingIsTaken() {
        shop.mask("event.day", "date-shift").keep("event.kind");
        onlyProblem(ErrorCode.MASK_REFUSED, "public.event", "routed anew", "onUnproven: warn");
        shop.onUnproven = MaskPolicy.OnUnproven.WARN;
        shop.assign().throwIfAny();
        assertTrue(shop.assign().warnings().get(0).contains("routed anew"));
        shop.onUnproven = MaskPolicy.OnUnproven.REFUSE;
        shop.partitionings.clear();
        partitioned("event", true, "year", YEAR);
        shop.assign().throwIfAny();
        assertEquals(Set.of(name("year_in")), shop.assign().throughRoot());
    }

    @Test
    void nullFindsNoPartitionOfARange() {
        shop.mask("event.day", "null").keep("event.kind");
        onlyProblem(ErrorCode.MASK_REFUSED, "none of its partitions");
        assertEquals(Optional.empty(), asked.get(0).row().get(0).text());
    }

    @Test
    void noRowOfAnEmptyTableIsRouted() {
        shop.mask("event.day", "date-shift").keep("event.kind");
        shop.withoutRows = Set.of(name("year_in"));
        shop.assign().throwIfAny();
    }

    @Test
    void aKeyOfSeveralColumnsIsProvedTogether() {
        Masked pair = new Masked()
                .table("t", Table.Kind.PARTITIONED, null, key("a", TEXT, "text"), key("b", TEXT, "text"))
                .table("t_1", Table.Kind.PLAIN, "t", column("a", TEXT), column("b", TEXT));
        pair.partitionings.add(new Partitioning(name("t"), false, Map.of(name("t_1"), "(a > b)")));
        pair.asking = questions -> {
            asked.addAll(questions);
            return questions.stream().map(question -> Answer.TAKEN).toList();
        };
        pair.mask("t.a", "fixed", Map.of("value", "x")).keep("t.b");
        assertEquals(1, pair.problems().size(), "a kept column's values are not known");
        pair.mask("t.b", "choice", Map.of("values", List.of("u", "v")));
        pair.assign().throwIfAny();
        assertEquals(
                2, asked.stream().filter(question -> question.row().size() == 2).count());
    }
}
