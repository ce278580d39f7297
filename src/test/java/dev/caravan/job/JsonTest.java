package dev.caravan.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class JsonTest {
    private static final Instant AT = Instant.parse("2026-11-01T12:00:00.123456789Z");

    private static final Problem PROBLEM =
            Problem.of(CaravanException.of(ErrorCode.KEY_VIOLATED, "A key is \"violated\".", "Repair it.")
                    .with("table", "public.customer")
                    .with("count", 3));

    private static final CopyRequest REQUEST = new CopyRequest(
            "shop-prod",
            "shop-dev",
            Optional.of(true),
            Optional.of("default"),
            Map.of("public.customer", Map.of("email", "email", "phone", Map.of("mask", "partial", "keepLast", 4))),
            CopyRequest.OnExisting.FAIL_IF_NOT_EMPTY,
            CopyRequest.OnViolatedKey.FAIL,
            CopyRequest.Verify.CONTENT,
            CopyRequest.DatabaseProperties.SOURCE,
            Map.of("ticket", "OPS-12"));

    private static final Progress PROGRESS = new Progress(
            Phase.INDEX,
            new Progress.Tables(4, 1, 2, 1),
            new Progress.Indexes(9, 3),
            5_000_000_000L,
            1L << 50,
            OptionalLong.of(1L << 51),
            OptionalInt.of(0),
            12,
            OptionalLong.of(0),
            AT);

    @Test
    void everyRecordReadsBackAsItWasWritten() {
        CopyJob job = new CopyJob(
                "0193",
                JobState.FAILED,
                REQUEST,
                2,
                AT,
                Optional.of(AT),
                Optional.of(AT),
                PROGRESS,
                Optional.of(PROBLEM),
                7);
        CopyJob bare = new CopyJob(
                "0194",
                JobState.QUEUED,
                CopyRequest.of("p", "d"),
                0,
                AT,
                Optional.empty(),
                Optional.empty(),
                Progress.none(AT),
                Optional.empty(),
                1);
        List<Record> records = List.of(
                REQUEST,
                CopyRequest.of("p", "d"),
                PROGRESS,
                Progress.none(AT),
                PROBLEM,
                JobRecords.table("\"Odd Schema\".\"a.\"\"b ☃\""),
                new StagingMark("s", Optional.of(1L << 31), "p", true),
                new StagingMark("s", Optional.empty(), "p", false),
                JobRecords.report("0193"),
                new JobEvent(1, AT, JobEvent.Type.PHASE, "COPY began."),
                job,
                bare);
        for (Record record : records) {
            assertEquals(record, JobRows.read(JobRows.json(record), record.getClass()));
        }
    }

    @Test
    void timesAreIsoTexts() {
        assertEquals("\"2026-11-01T12:00:00Z\"", JobRows.json(Instant.parse("2026-11-01T12:00:00Z")));
    }

    @Test
    void fieldsOfALaterReleaseArePassedOver() {
        assertEquals(
                new StagingMark("s", Optional.empty(), "p", false),
                JobRows.read(
                        "{\"staging\":\"s\",\"previous\":\"p\",\"swapping\":false,\"later\":[1]}", StagingMark.class));
    }

    @Test
    void equalRequestsHaveOneHashWhateverTheirLabelsOrder() {
        Map<String, String> forth = new LinkedHashMap<>();
        Map<String, String> back = new LinkedHashMap<>();
        for (int i = 0; i < 16; i++) {
            forth.put("label" + i, "v");
            back.put("label" + (15 - i), "v");
        }
        assertEquals(JobRows.json(forth), JobRows.json(back));
        assertNotEquals(JobRows.hash(JobRows.json(CopyRequest.of("p", "d"))), JobRows.hash(JobRows.json(REQUEST)));
    }

    @Test
    void phasesOfAReportStandInTheirOrder() {
        assertEquals(
                List.of(Phase.PREFLIGHT, Phase.COPY),
                List.copyOf(JobRecords.report("x").phaseMillis().keySet()));
    }

    @Test
    void settingsNeverShowTheirSecret() {
        StoreSettings settings = new StoreSettings(
                "jdbc:postgresql://h/d?password=s3cret", "u", "s3cret", "node-1", StorePlace.LEASE, 1);
        assertFalse(settings.toString().contains("s3cret"));
    }
}
