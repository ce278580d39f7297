package dev.caravan.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.plan.CopyPlan;
import dev.caravan.plan.ForeignKeyBuild;
import dev.caravan.plan.IndexBuild;
import dev.caravan.plan.LargeObjectBatch;
import dev.caravan.plan.Part;
import dev.caravan.plan.TableFinish;
import dev.caravan.plan.TableSearch;
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

class WorkBoardTest {
    private static List<String> ids(List<? extends WorkUnit> units) {
        return units.stream().map(WorkUnit::id).sorted().toList();
    }

    private static List<String> did(WorkBoard board, WorkUnit unit) {
        assertTrue(board.take(unit));
        return ids(board.done(unit));
    }

    @Test
    void aTablesIndexesBeginWithItsLastPartAndItsFinishWithItsLastIndex() {
        Plans plans = new Plans().table("a", 2, 2);
        WorkBoard board = new WorkBoard(plans.plan());

        assertEquals(List.of("part-1", "part-2"), ids(board.begin()));
        assertEquals(List.of(), did(board, plans.parts.get(1)));
        assertEquals(List.of("index-1", "index-2"), did(board, plans.parts.get(0)));
        assertEquals(List.of(), did(board, plans.indexes.get(0)));
        assertEquals(List.of("finish-public.a"), did(board, plans.indexes.get(1)));
    }

    @Test
    void aTableWithoutRowsOfItsOwnBeginsWithItsIndexes() {
        assertEquals(
                List.of("finish-public.b", "index-1"),
                ids(new WorkBoard(new Plans().table("a", 0, 1).table("b", 0, 0).plan()).begin()));
    }

    @Test
    void aKeyWaitsForBothTablesAndForTheKeyBeforeIt() {
        Plans plans = new Plans()
                .table("a", 0, 0)
                .table("b", 0, 0)
                .key("a", "b", false)
                .key("a", "b", false)
                .key("b", "b", false);
        WorkBoard board = new WorkBoard(plans.plan());
        board.begin();
        assertEquals(List.of(), did(board, plans.finishes.get(0)));
        assertEquals(List.of("key-1"), did(board, plans.finishes.get(1)));
        assertEquals(List.of("key-2"), did(board, plans.keys.get(0)));
        assertEquals(List.of("key-3"), did(board, plans.keys.get(1)));
    }

    @Test
    void aKeyToATableThatIsNotCopiedWaitsForItsOwnOnly() {
        Plans plans = new Plans().table("a", 0, 0).key("a", "an_extensions", false);
        WorkBoard board = new WorkBoard(plans.plan());
        assertEquals(List.of("key-1"), ids(board.begin()));
        assertEquals(List.of("finish-public.a"), did(board, plans.keys.get(0)));
    }

    @Test
    void keysToFinishedTablesAreCheckedOneByOneBeforeTheTablesOwnIndexesBegin() {
        Plans plans = new Plans()
                .table("line", 1, 2)
                .table("product", 0, 0)
                .table("orders", 0, 1)
                .key("line", "product", false)
                .key("line", "product", false)
                .key("line", "orders", false);
        WorkBoard board = new WorkBoard(plans.plan());
        board.begin();
        did(board, plans.finishes.get(1));

        assertEquals(List.of("key-1"), did(board, plans.parts.get(0)));
        assertEquals(List.of("key-2"), did(board, plans.keys.get(0)));
        assertEquals(List.of("index-1", "index-2"), did(board, plans.keys.get(1)));
        did(board, plans.indexes.get(2));
        assertEquals(List.of(), did(board, plans.finishes.get(2)), "its indexes have begun");
        did(board, plans.indexes.get(0));
        did(board, plans.indexes.get(1));
        assertEquals(List.of("key-3"), did(board, plans.finishes.get(0)));
    }

    @Test
    void lateKeysWaitUntilTheyAreAllowed() throws InterruptedException {
        Plans plans = new Plans().table("a", 0, 0).key("a", "a", true);
        WorkBoard board = new WorkBoard(plans.plan());
        board.begin();
        assertEquals(List.of(), did(board, plans.finishes.get(0)));
        board.awaitEarlyWork();
        assertEquals(List.of("key-1"), ids(board.allowLateKeys()));
        assertEquals(List.of(), did(board, plans.keys.get(0)));
        board.awaitAll();
    }

    @Test
    void partsAreHeldBackUntilTheTablesBeforeThemAreLoaded() {
        Plans plans = new Plans().table("a", 2, 0).table("b", 1, 0).table("c", 1, 0);
        plans.after("b", "a").after("c", "a", "b");
        WorkBoard board = new WorkBoard(plans.plan());
        assertEquals(List.of("part-1", "part-2"), ids(board.begin()));
        assertEquals(List.of(), did(board, plans.parts.get(0)));
        assertEquals(List.of("finish-public.a", "part-3"), did(board, plans.parts.get(1)));
        assertEquals(List.of("finish-public.b", "part-4"), did(board, plans.parts.get(2)));
    }

    @Test
    void partsThatWaitForEachOtherAreNotHeldBackForEver() {
        Plans plans = new Plans().table("a", 1, 0).table("b", 1, 0).table("c", 1, 0);
        plans.after("a", "b").after("b", "a").after("c", "c");
        assertEquals(List.of("part-1", "part-2", "part-3"), ids(new WorkBoard(plans.plan()).begin()));
    }

    @Test
    void aMessageThatComesTwiceIsTakenOnce() {
        Plans plans = new Plans().table("a", 1, 1);
        WorkBoard board = new WorkBoard(plans.plan());
        Part part = plans.parts.get(0);
        assertFalse(board.take(part), "nothing was handed out yet");
        board.begin();
        assertTrue(board.take(part));
        assertFalse(board.take(part), "it is in hand");
        assertEquals(List.of("index-1"), ids(board.done(part)));
        assertFalse(board.take(part), "it is done");
    }

    @Test
    void aUnitOfAnEarlierAttemptsPlanIsNotTaken() {
        Plans plans = new Plans().table("a", 1, 1);
        WorkBoard board = new WorkBoard(plans.plan());
        board.begin();
        Part now = plans.parts.get(0);
        Part before = new Part(
                now.jobId(),
                now.number(),
                now.table(),
                now.into(),
                List.of("a_column_that_is_gone"),
                now.format(),
                now.pages(),
                now.condition(),
                now.freeze(),
                now.alone(),
                now.work());
        assertEquals(now.id(), before.id());
        assertFalse(board.take(before));
        assertFalse(board.take(plans.indexes.get(0)), "its table is not loaded yet");
        assertTrue(board.take(now));
    }

    @Test
    void afterAFailureNothingBeginsAndTheFirstFailureIsThrown() {
        Plans plans = new Plans().table("a", 2, 0);
        WorkBoard board = new WorkBoard(plans.plan());
        board.begin();
        assertTrue(board.take(plans.parts.get(0)));
        IllegalStateException first = new IllegalStateException("first");
        board.failed(first);
        board.fail(new IllegalStateException("second"));
        assertFalse(board.take(plans.parts.get(1)));
        assertSame(first, assertThrows(IllegalStateException.class, board::awaitLoads));
        assertSame(first, assertThrows(IllegalStateException.class, board::awaitEarlyWork));
        assertSame(first, assertThrows(IllegalStateException.class, board::awaitAll));
        assertSame(first, board.failure().orElseThrow());
    }

    @Test
    void whoWaitsIsToldOfAFailureWhenNobodyWorksAnyMore() {
        Plans plans = new Plans().table("a", 2, 0);
        WorkBoard board = new WorkBoard(plans.plan());
        board.begin();
        assertTrue(board.take(plans.parts.get(0)));
        assertTrue(board.take(plans.parts.get(1)));
        board.failed(new IllegalStateException("first"));
        Thread worker = new Thread(() -> board.done(plans.parts.get(1)));
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            worker.start();
            assertThrows(IllegalStateException.class, board::awaitLoads);
            board.awaitIdle();
        });
        assertFalse(board.take(plans.parts.get(0)));
    }

    @Test
    void aPartPutBackIsTakenAgain() {
        Plans plans = new Plans().table("a", 1, 0);
        WorkBoard board = new WorkBoard(plans.plan());
        board.begin();
        assertTrue(board.take(plans.parts.get(0)));
        Part alone = plans.parts.get(0).withNobodyElse();
        board.putBack(alone);
        assertTrue(alone.alone());
        assertFalse(board.take(plans.parts.get(0)), "it is to be tried in the other way");
        assertEquals(List.of("finish-public.a"), did(board, alone));
    }

    @Test
    void tablesAreSearchedOnceTheRowsOfAllAreIn() {
        Plans plans = new Plans()
                .table("a", 1, 1)
                .table("b", 1, 1)
                .table("empty", 0, 0)
                .masked();
        WorkBoard board = new WorkBoard(plans.plan());
        board.begin();
        assertEquals(List.of("index-1"), did(board, plans.parts.get(0)));
        assertEquals(List.of("index-2", "search-public.a", "search-public.b"), did(board, plans.parts.get(1)));
    }

    @Test
    void aTableIsNotFinishedWhileItIsSearchedNorSearchedWhileItIsFinished() {
        Plans plans = new Plans().table("a", 1, 1).table("b", 1, 1).masked();
        WorkBoard board = new WorkBoard(plans.plan());
        board.begin();
        did(board, plans.parts.get(0));
        assertEquals(List.of("finish-public.a"), did(board, plans.indexes.get(0)));
        assertEquals(List.of("index-2", "search-public.b"), did(board, plans.parts.get(1)));
        assertEquals(List.of("search-public.a"), did(board, plans.finishes.get(0)));
        assertEquals(List.of(), did(board, plans.indexes.get(1)));
        List<TableSearch> searches = plans.plan().searches();
        assertEquals(List.of("finish-public.b"), did(board, searches.get(1)));
        assertEquals(List.of(), did(board, plans.finishes.get(1)));
        assertEquals(List.of(), did(board, searches.get(0)));
        assertTimeoutPreemptively(Duration.ofSeconds(5), board::awaitAll);
    }

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
        if (random.nextBoolean()) {
            plans.masked();
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
            nothingIsSearchedAndFinished(inHand, seed);
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
                + plan.searches().size()
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

    private static void nothingIsSearchedAndFinished(List<WorkUnit> inHand, long seed) {
        Set<TableName> tables = new HashSet<>();
        for (WorkUnit unit : inHand) {
            if (unit instanceof TableSearch search) {
                assertTrue(tables.add(search.table()), "seed " + seed);
            } else if (unit instanceof TableFinish finish) {
                assertTrue(tables.add(finish.table()), "seed " + seed);
            }
        }
    }

    private static void whatItNeedsIsDone(
            CopyPlan plan, WorkUnit ready, Set<String> done, Set<String> handedOut, long seed) {
        List<? extends WorkUnit> needed = List.of();
        if (ready instanceof TableSearch) {
            needed = Stream.concat(plan.parts().stream(), plan.largeObjects().stream())
                    .toList();
        } else if (ready instanceof IndexBuild build) {
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
