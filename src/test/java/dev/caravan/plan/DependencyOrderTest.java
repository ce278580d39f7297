package dev.caravan.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.schema.ForeignKey;
import dev.caravan.schema.TableName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DependencyOrderTest {
    private static List<TableName> tables(String... names) {
        return Stream.of(names).map(Samples::name).toList();
    }

    @Test
    void referencedTablesComeBeforeReferencing() {
        DependencyOrder order = DependencyOrder.of(
                tables("line", "orders", "customer", "alone"),
                List.of(
                        Samples.key(1, "line", "orders"),
                        Samples.key(2, "orders", "customer"),
                        Samples.key(3, "line", "customer")));

        assertEquals(0, order.levels().get(Samples.name("alone")));
        assertEquals(0, order.levels().get(Samples.name("customer")));
        assertEquals(1, order.levels().get(Samples.name("orders")));
        assertEquals(2, order.levels().get(Samples.name("line")));
        assertEquals(List.of(), order.cycles());
    }

    @Test
    void membersOfACycleShareALevelAndAreNamed() {
        DependencyOrder order = DependencyOrder.of(
                tables("a", "b", "c", "root", "leaf"),
                List.of(
                        Samples.key(1, "c", "b"),
                        Samples.key(2, "b", "a"),
                        Samples.key(3, "a", "c"),
                        Samples.key(4, "b", "root"),
                        Samples.key(5, "leaf", "c")));

        assertEquals(List.of(tables("a", "b", "c")), order.cycles());
        for (String member : List.of("a", "b", "c")) {
            assertEquals(1, order.levels().get(Samples.name(member)), member);
        }
        assertEquals(2, order.levels().get(Samples.name("leaf")));
    }

    @Test
    void aSelfReferenceIsNoCycle() {
        DependencyOrder order = DependencyOrder.of(tables("tree"), List.of(Samples.key(1, "tree", "tree")));
        assertEquals(0, order.levels().get(Samples.name("tree")));
        assertEquals(List.of(), order.cycles());
    }

    @Test
    void keysToTablesOutsideTheCopyAreIgnored() {
        DependencyOrder order = DependencyOrder.of(
                tables("a"), List.of(Samples.key(1, "a", "elsewhere"), Samples.key(2, "elsewhere", "a")));
        assertEquals(1, order.levels().size());
        assertEquals(0, order.levels().get(Samples.name("a")));
    }

    @Test
    void aChainOfTenThousandTablesHasTenThousandLevels() {
        List<TableName> tables = new ArrayList<>();
        List<ForeignKey> keys = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            tables.add(Samples.name("t" + i));
            if (i > 0) {
                keys.add(Samples.key(i, "t" + (i - 1), "t" + i));
            }
        }
        DependencyOrder order = DependencyOrder.of(tables, keys);
        assertEquals(0, order.levels().get(Samples.name("t9999")));
        assertEquals(9_999, order.levels().get(Samples.name("t0")));
    }

    @Test
    void aRingOfTenThousandTablesIsOneCycle() {
        List<TableName> tables = new ArrayList<>();
        List<ForeignKey> keys = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            tables.add(Samples.name("t" + i));
            keys.add(Samples.key(i + 1, "t" + i, "t" + (i + 1) % 10_000));
        }
        DependencyOrder order = DependencyOrder.of(tables, keys);
        assertEquals(1, order.cycles().size());
        assertEquals(10_000, order.cycles().get(0).size());
    }

    @Test
    void randomGraphsAreOrderedAndTheOrderOfTheInputDoesNotMatter() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int size = 1 + random.nextInt(12);
            List<TableName> tables = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                tables.add(Samples.name("t" + i));
            }
            List<ForeignKey> keys = new ArrayList<>();
            for (int i = random.nextInt(20); i > 0; i--) {
                keys.add(Samples.key(i, "t" + random.nextInt(size), "t" + random.nextInt(size)));
            }
            DependencyOrder order = DependencyOrder.of(tables, keys);
            for (ForeignKey key : keys) {
                boolean inOneCycle = key.table().equals(key.referenced())
                        || order.cycles().stream()
                                .anyMatch(cycle -> cycle.contains(key.table()) && cycle.contains(key.referenced()));
                int above = order.levels().get(key.table());
                int below = order.levels().get(key.referenced());
                assertTrue(inOneCycle ? above == below : above > below, "seed " + seed + ", " + key);
            }
            Collections.shuffle(tables, random);
            Collections.shuffle(keys, random);
            assertEquals(order.levels(), DependencyOrder.of(tables, keys).levels(), "seed " + seed);
        }
    }
}
