package dev.caravan.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** How far one table of a job is, as the API shows it. */
record TableView(
        String table,
        State state,
        long rowsCopied,
        long bytesCopied,
        OptionalLong bytesTotalEstimated,
        int indexesTotal,
        int indexesDone) {
    /** A table's way; what a later service may add counts as waiting. */
    enum State {
        WAITING,
        COPYING,
        INDEXING,
        DONE,
        FAILED
    }

    /** The tables of a page. */
    static List<TableView> page(JsonNode page) {
        List<TableView> tables = new ArrayList<>();
        for (JsonNode item : page.path("items")) {
            tables.add(new TableView(
                    Text.plain(item.path("table").asText("?")),
                    state(item.path("state").asText()),
                    item.path("rowsCopied").asLong(0),
                    item.path("bytesCopied").asLong(0),
                    JobView.number(item.path("bytesTotalEstimated")),
                    item.path("indexes").path("total").asInt(0),
                    item.path("indexes").path("done").asInt(0)));
        }
        return tables;
    }

    private static State state(String text) {
        for (State state : State.values()) {
            if (state.name().equals(text)) {
                return state;
            }
        }
        return State.WAITING;
    }

    /** Share of the estimated bytes that has arrived, at most 99 while the table is being copied; -1 when not known. */
    int percent() {
        if (state == State.DONE || state == State.INDEXING) {
            return 100;
        }
        if (state == State.WAITING) {
            return 0;
        }
        long total = bytesTotalEstimated.orElse(0);
        return total <= 0 ? -1 : (int) Math.min(99, bytesCopied * 100.0 / total);
    }
}
