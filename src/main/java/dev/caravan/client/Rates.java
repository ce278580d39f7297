package dev.caravan.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How fast each table arrives, over the last seconds; the API tells counts per table, and a rate only for the whole job. */
final class Rates {
    private static final Duration WINDOW = Duration.ofSeconds(4);

    private record Counts(Duration at, Map<String, Long> bytes) {}

    private final Deque<Counts> seen = new ArrayDeque<>();

    /**
     * @param at time since any fixed moment
     * @return bytes per second by table, for the tables being copied that were seen before
     */
    Map<String, Long> after(Duration at, List<TableView> tables) {
        while (seen.size() > 1 && at.minus(seen.getFirst().at()).compareTo(WINDOW) > 0) {
            seen.removeFirst();
        }
        Map<String, Long> rates = new HashMap<>();
        Map<String, Long> bytes = new HashMap<>();
        for (TableView table : tables) {
            bytes.put(table.table(), table.bytesCopied());
            Counts first = seen.peekFirst();
            Long before = first == null ? null : first.bytes().get(table.table());
            if (before != null && table.state() == TableView.State.COPYING && at.compareTo(first.at()) > 0) {
                // A part that is tried again takes its bytes back: no rate is below none.
                long grown = Math.max(0, table.bytesCopied() - before);
                rates.put(
                        table.table(),
                        grown * 1000 / Math.max(1, at.minus(first.at()).toMillis()));
            }
        }
        seen.addLast(new Counts(at, bytes));
        return rates;
    }
}
