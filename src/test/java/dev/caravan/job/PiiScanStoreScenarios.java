package dev.caravan.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.caravan.schema.ErrorCode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store promises of the searches for personal data. */
abstract class PiiScanStoreScenarios extends OpenedStore {
    @Test
    void aSearchWhoseProcessIsSilentHasFailedAndOneThatWaitsGoesOnWaiting() {
        PiiScanStore scans = opened.piiScans();
        PiiScanRequest request = new PiiScanRequest("shop", Optional.empty(), List.of("public.*"), null, null);
        String running = scans.create(request, Optional.of("ci")).id();
        // Ids of one millisecond are in no order.
        clock.now = clock.now.plusSeconds(1);
        String waiting = scans.create(request, Optional.empty()).id();
        assertEquals(JobState.RUNNING, scans.start(running).orElseThrow().state());
        assertEquals(Optional.empty(), scans.start(running), "nobody runs it twice");
        clock.now = clock.now.plusSeconds(100);
        scans.progress(running, 7, 3);
        clock.now = clock.now.plusSeconds(100);
        assertEquals(3, scans.get(running).tablesDone());
        assertEquals(request, scans.get(running).request());
        clock.now = clock.now.plusSeconds(100);
        assertEquals("interrupted", scans.get(running).error().orElseThrow().code());
        assertEquals(JobState.QUEUED, scans.get(waiting).state());
        PiiScanReport report = new PiiScanReport(1, 2, 1, 3, 4, List.of(), List.of(), "policies:", List.of());
        scans.start(waiting);
        scans.succeeded(waiting, report);
        scans.failed(waiting, scans.get(running).error().orElseThrow());
        assertEquals(Optional.of(report), scans.get(waiting).report(), "an end is an end");
        assertEquals(
                List.of(waiting, running),
                scans.list(10).stream().map(PiiScan::id).toList());
        assertEquals(ErrorCode.NOT_FOUND, codeOf(() -> scans.get("none")));
    }
}
