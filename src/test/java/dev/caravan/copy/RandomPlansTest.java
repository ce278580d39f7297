package dev.caravan.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.plan.CopyPlan;
import dev.caravan.plan.ForeignKeyBuild;
import dev.caravan.plan.IndexBuild;
import dev.caravan.plan.LargeObjectBatch;
import dev.caravan.plan.TableFinish;
import dev.caravan.plan.WorkUnit;
import dev.caravan.schema.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the work board promises, in plans that nobody thought of. */
class RandomPlansTest {
    @Test
    void inRandomPlansEverythingIsHandedOutOnceInAnAllowedOrder() {
        for (long seed = 0; seed < 500; seed++) {
            play(seed);
        }
    }

    private static void play(long seed) {
        Random random = new Random(seed);
        Plans plans = new Plans();
        int tables = 1 + random.nextInt(8);
        for (int i = 0; i < tables; i++) {
            plans.table("t" + i, random.nextInt(4), random.nextInt(3));
            if (random.nextInt(3) == 0) {
                plans.after("t" + i, "t" + random.nextInt(tables), "t" + random.nextInt(tables));
            }
        }
        for (int i = random.nextInt(12); i > 0; i--) {
            plans.key("t" + random.nextInt(tables), "t" + random.nextInt(tables), random.nextInt(3) == 0);
        }
        if (random.nextBoolean()) {
            plans.largeObjects.add(new LargeObjectBatch("job", List.of(1L, 2L), 1));
        }
        CopyPlan plan = plans.plan();
        WorkBoard board = new WorkBoard(plan);
        Set<String> handedOut = new HashSet<>();
        Set<String> done = new HashSet<>();
        List<WorkUnit> inHand = new ArrayList<>();
        accept(board, board.begin(), inHand, handedOut, seed);
        boolean late = false;
        while (!inHand.isEmpty() || !late) {
            keysShareNoTable(inHand, seed);
            if (inHand.isEmpty()) {
                late = true;
                accept(board, board.allowLateKeys(), inHand, handedOut, seed);
                continue;
            }
            WorkUnit unit = inHand.remove(random.nextInt(inHand.size()));
            done.add(unit.id());
            List<WorkUnit> next = board.done(unit);
            next.forEach(ready -> whatItNeedsIsDone(plan, ready, done, handedOut, seed));
            accept(board, next, inHand, handedOut, seed);
        }
        int all = plan.parts().size()
                + plan.indexes().size()
                + plan.finishes().size()
                + plan.foreignKeys().size()
                + plan.largeObjects().size();
        assertEquals(all, handedOut.size(), "seed " + seed);
        assertTimeoutPreemptively(Duration.ofSeconds(5), board::awaitAll);
    }

    private static void accept(
            WorkBoard board, List<WorkUnit> ready, List<WorkUnit> inHand, Set<String> handedOut, long seed) {
        for (WorkUnit unit : ready) {
            assertTrue(handedOut.add(unit.id()), "seed " + seed + ": twice " + unit.id());
            assertTrue(board.take(unit));
            inHand.add(unit);
        }
    }

    private static void keysShareNoTable(List<WorkUnit> inHand, long seed) {
        Set<TableName> locked = new HashSet<>();
        for (WorkUnit unit : inHand) {
            if (unit instanceof ForeignKeyBuild build) {
                Set<TableName> own =
                        Set.copyOf(List.of(build.key().table(), build.key().referenced()));
                own.forEach(table -> assertTrue(locked.add(table), "seed " + seed + ": two keys on " + table));
            }
        }
    }

    private static void whatItNeedsIsDone(
            CopyPlan plan, WorkUnit ready, Set<String> done, Set<String> handedOut, long seed) {
        List<? extends WorkUnit> needed = List.of();
        if (ready instanceof IndexBuild build) {
            needed = plan.parts().stream()
                    .filter(part -> part.table().equals(build.index().table()))
                    .toList();
        } else if (ready instanceof TableFinish finish) {
            needed = plan.indexes().stream()
                    .filter(build -> build.index().table().equals(finish.table()))
                    .toList();
        } else if (ready instanceof ForeignKeyBuild build) {
            TableName table = build.key().table();
            boolean indexesBegan = plan.indexes().stream()
                    .anyMatch(index -> index.index().table().equals(table) && handedOut.contains(index.id()));
            needed = Stream.concat(
                            plan.finishes().stream()
                                    .filter(finish ->
                                            finish.table().equals(build.key().referenced())
                                                    || (finish.table().equals(table) && indexesBegan)),
                            plan.parts().stream().filter(part -> part.table().equals(table)))
                    .toList();
        }
        needed.forEach(unit ->
                assertTrue(done.contains(unit.id()), "seed " + seed + ": " + ready.id() + " before " + unit.id()));
    }
}
