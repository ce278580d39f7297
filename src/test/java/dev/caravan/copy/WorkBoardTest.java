package dev.caravan.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.plan.Part;
import dev.caravan.plan.WorkUnit;
import java.time.Duration;
import java.util.List;
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
}
