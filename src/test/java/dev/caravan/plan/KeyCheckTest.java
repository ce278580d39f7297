package dev.caravan.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.job.CopyRequest;
import dev.caravan.schema.ForeignKey;
import dev.caravan.schema.Index;
import dev.caravan.schema.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a foreign key is checked by merging two indexes, and what waits for those that are not. */
class KeyCheckTest {
    private static final TableName LINE = new TableName("public", "line");
    private static final TableName ORDERS = new TableName("public", "orders");
    private static final ForeignKey KEY = new ForeignKey(
            1, "k", LINE, List.of("order_id"), ORDERS, List.of("id"), List.of("="), "FOREIGN KEY …", true);
    private static final IndexBuild PRIMARY = index(ORDERS, "CREATE UNIQUE INDEX p ON orders USING btree (id)", "id");

    private static IndexBuild index(TableName table, String definition, String... columns) {
        Index index = new Index(
                7,
                new TableName("public", "i"),
                table,
                Optional.empty(),
                definition,
                1_000,
                false,
                true,
                false,
                false,
                List.of(),
                Optional.empty(),
                new Index.Demands(false, false, List.of(columns), false, List.of(), Optional.empty()));
        return IndexBuild.of("job", index);
    }

    private static boolean byIndexes(Set<TableName> frozen, IndexBuild own) {
        return new KeyCheck(Map.of(LINE, List.of(own), ORDERS, List.of(PRIMARY)), frozen).byIndexes(KEY);
    }

    @Test
    void bothSidesNeedABtreeOfTheSameOrderOverFrozenRows() {
        Set<TableName> both = Set.of(LINE, ORDERS);
        assertTrue(byIndexes(both, index(LINE, "CREATE INDEX i ON line USING btree (order_id)", "order_id")));
        assertTrue(byIndexes(both, index(LINE, "CREATE INDEX i ON line USING btree (order_id, id)", "order_id", "id")));
        assertFalse(
                byIndexes(both, index(LINE, "CREATE INDEX i ON line USING btree (id, order_id)", "id", "order_id")));
        assertFalse(byIndexes(both, index(LINE, "CREATE INDEX i ON line USING hash (order_id)", "order_id")));
        assertFalse(byIndexes(both, index(LINE, "CREATE INDEX i ON line USING btree (order_id DESC)", "order_id")));
        // Rows of several parts are not frozen: the server would have to look at each of them.
        assertFalse(
                byIndexes(Set.of(ORDERS), index(LINE, "CREATE INDEX i ON line USING btree (order_id)", "order_id")));
        assertFalse(byIndexes(Set.of(LINE), index(LINE, "CREATE INDEX i ON line USING btree (order_id)", "order_id")));
    }

    @Test
    void whatAnUnindexedKeyReferencesComesFirst() {
        ForeignKeyBuild unindexed =
                new ForeignKeyBuild("job", KEY, CopyRequest.OnViolatedKey.NOT_VALID, false, false, 5_000);
        assertEquals(5_000, CriticalPath.of(List.of(unindexed)).after(ORDERS));
        assertEquals(0, CriticalPath.of(List.of(unindexed)).after(LINE));
        ForeignKeyBuild indexed =
                new ForeignKeyBuild("job", KEY, CopyRequest.OnViolatedKey.NOT_VALID, false, true, 5_000);
        assertEquals(0, CriticalPath.of(List.of(indexed)).after(ORDERS));
    }

    @Test
    void onlyTheIndexThatAllElseWouldWaitForIsBuiltInParallel() {
        IndexBuild build = index(LINE, "CREATE INDEX i ON line USING btree (order_id)", "order_id");
        assertTrue(build.amongAll(build.work() * 2, 2).parallel());
        assertFalse(build.amongAll(build.work() * 8, 2).parallel());
        assertFalse(build.amongAll(build.work(), 1).parallel());
    }
}
