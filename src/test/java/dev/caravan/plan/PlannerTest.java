package dev.caravan.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.job.CopyRequest;
import dev.caravan.schema.Catalog;
import dev.caravan.schema.ColumnType;
import dev.caravan.schema.ForeignKey;
import dev.caravan.schema.Index;
import dev.caravan.schema.MaterializedView;
import dev.caravan.schema.Table;
import dev.caravan.schema.TableName;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final Limits LIMITS = new Limits(3, 2, 15, 15);
    private static final ColumnType UNSENDABLE =
            new ColumnType(20_000, "public", "odd", ColumnType.Kind.BASE, false, List.of());

    private static CopyPlan plan(
            List<Table> tables,
            List<ForeignKey> keys,
            List<Index> indexes,
            List<MaterializedView> views,
            List<Long> largeObjects) {
        Catalog catalog =
                new Catalog(150_018, tables, keys, indexes, List.of(Samples.name("sequence")), views, largeObjects);
        return new Planner().plan("job", CopyRequest.of("from", "to"), catalog, LIMITS, List.of("a warning"));
    }

    private static List<String> names(List<TableName> names) {
        return names.stream().map(TableName::name).toList();
    }

    @Test
    void tablesStandInTheOrderOfTheirReferences() {
        CopyPlan plan = plan(
                List.of(Samples.table("line", 500), Samples.table("orders", 100), Samples.table("country", 1)),
                List.of(Samples.key(1, "line", "orders"), Samples.key(2, "orders", "country")),
                List.of(),
                List.of(),
                List.of());

        assertEquals(
                List.of("country", "orders", "line"),
                names(plan.tables().stream().map(TablePlan::table).toList()));
        assertEquals(
                List.of(0, 1, 2), plan.tables().stream().map(TablePlan::level).toList());
        assertEquals(List.of(Samples.name("orders")), plan.tables().get(2).references());
        assertEquals(2, plan.foreignKeys().size());
        assertEquals(List.of("a warning"), plan.warnings());
        assertEquals(List.of(Samples.name("sequence")), plan.sequences());
    }

    @Test
    void theHeaviestPartBeginsUnlessAKeyWaitsForALighterOne() {
        List<Table> tables =
                List.of(Samples.table("line", 500), Samples.table("orders", 100), Samples.table("log", 300));

        CopyPlan apart = plan(tables, List.of(), List.of(), List.of(), List.of());
        assertEquals(
                List.of("line", "log", "orders"),
                names(apart.parts().stream().map(Part::table).toList()));

        CopyPlan bound = plan(tables, List.of(Samples.key(1, "line", "orders")), List.of(), List.of(), List.of());
        assertEquals(
                List.of("orders", "line", "log"),
                names(bound.parts().stream().map(Part::table).toList()));
    }

    @Test
    void aRingIsNamedAndBreaksNothing() {
        CopyPlan plan = plan(
                List.of(Samples.table("a", 1), Samples.table("b", 1)),
                List.of(Samples.key(1, "a", "b"), Samples.key(2, "b", "a")),
                List.of(),
                List.of(),
                List.of());

        assertEquals(1, plan.cycles().size());
        assertEquals(2, plan.parts().size());
    }

    @Test
    void aTypeWithoutBinaryFunctionsSendsItsTableAsTextAndSaysWhy() {
        CopyPlan plan = plan(
                List.of(
                        Samples.table("plain", 1),
                        Samples.table("odd", 1, Table.Kind.PLAIN, List.of(UNSENDABLE), Optional.empty())),
                List.of(),
                List.of(),
                List.of(),
                List.of());

        TablePlan odd = plan.tables().get(0);
        assertEquals(CopyFormat.TEXT, odd.format());
        assertTrue(odd.formatReason().orElseThrow().contains("c0"), odd::toString);
        assertEquals(CopyFormat.BINARY, plan.tables().get(1).format());
    }

    @Test
    void aPartitionedTableHasNoRowsOfItsOwnAndItsKeysComeLate() {
        CopyPlan plan = plan(
                List.of(
                        Samples.table("whole", 0, Table.Kind.PARTITIONED, List.of(Samples.INT), Optional.empty()),
                        Samples.table("child", 10)),
                List.of(Samples.key(1, "child", "whole")),
                List.of(),
                List.of(),
                List.of());

        assertEquals(
                List.of("child"), names(plan.parts().stream().map(Part::table).toList()));
        assertTrue(plan.foreignKeys().get(0).late());
    }

    @Test
    void viewsAreRefreshedAfterTheViewsThatTheyRead() {
        TableName first = Samples.name("z_first");
        TableName second = Samples.name("m_second");
        TableName third = Samples.name("a_third");
        CopyPlan plan = plan(
                List.of(),
                List.of(),
                List.of(),
                List.of(
                        new MaterializedView(third, true, List.of(second, first)),
                        new MaterializedView(second, false, List.of(first)),
                        new MaterializedView(first, true, List.of())),
                List.of());

        assertEquals(
                List.of("z_first", "m_second", "a_third"),
                names(plan.materializedViews().stream()
                        .map(MaterializedView::name)
                        .toList()));
    }

    @Test
    void largeObjectsTravelInBatchesThatLeaveNoneOut() {
        List<Long> oids = LongStream.range(0, 2L * LargeObjectBatch.MAX_OBJECTS + 1)
                .boxed()
                .toList();
        CopyPlan plan = plan(List.of(), List.of(), List.of(), List.of(), oids);

        assertEquals(3, plan.largeObjects().size());
        assertEquals(
                oids,
                plan.largeObjects().stream()
                        .flatMap(batch -> batch.oids().stream())
                        .toList());
    }

    @Test
    void anExtensionsTableWaitsForWhatItsOwnKeysReference() {
        Table setting = Samples.table("setting", 1, Table.Kind.PLAIN, List.of(Samples.INT), Optional.of("true"));
        Table waiting = new Table(
                setting.oid(),
                setting.name(),
                setting.kind(),
                setting.columns(),
                1,
                8192,
                -1,
                Optional.empty(),
                Optional.empty(),
                setting.condition(),
                List.of(Samples.name("plain")),
                false,
                false,
                false);
        CopyPlan plan = plan(List.of(waiting, Samples.table("plain", 1)), List.of(), List.of(), List.of(), List.of());

        assertEquals(List.of(Samples.name("plain")), plan.loadsAfter().get(Samples.name("setting")));
        assertFalse(plan.loadsAfter().containsKey(Samples.name("plain")));
    }

    @Test
    void theBytesOfThePlanAreThoseOfTablesAndIndexes() {
        CopyPlan plan = plan(
                List.of(Samples.table("t", 10)),
                List.of(),
                List.of(Samples.index(7, "t", 4096, false)),
                List.of(),
                List.of());

        assertEquals(10 * 8192 + 4096, plan.bytesEstimated());
        assertEquals(1, plan.tables().get(0).indexes());
    }
}
