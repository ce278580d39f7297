package dev.caravan.job;

import dev.caravan.schema.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Records for tests, with something in every field. */
final class JobRecords {
    private JobRecords() {}

    static TableProgress table(String name) {
        return new TableProgress(
                TableName.parse(name),
                TableProgress.State.DONE,
                "text",
                2,
                1204,
                96_320,
                OptionalLong.of(131_072),
                new Progress.Indexes(3, 3),
                412,
                388);
    }

    static Report report(String jobId) {
        return new Report(
                jobId,
                JobState.SUCCEEDED,
                new Report.Database("shop-prod", "shop", "7301234567890123456", "15.18"),
                new Report.Database("shop-dev", "shop_dev", "7309876543210987654", "16.4"),
                Optional.of(Instant.parse("2026-11-01T12:00:03.123456Z")),
                Map.of(Phase.PREFLIGHT, 12L, Phase.COPY, 4_000_000_000L),
                List.of(table("public.customer"), table("\"Odd Schema\".\"a.\"\"b\"")),
                new Report.ForeignKeys(
                        17,
                        1,
                        List.of(new Report.ViolatedKey(
                                "line_orders", new TableName("public", "line"), List.of("order_id"), 3, false, false))),
                List.of("One foreign key is not valid."),
                List.of(new Report.LeftOut("subscription orders", "It would reach back to production.")),
                2,
                Optional.of(new Report.Masking(
                        "default",
                        "0a1b",
                        "12345678",
                        List.of(new MaskedColumnReport(
                                TableName.parse("public.customer"),
                                "email",
                                "email",
                                Optional.empty(),
                                "masks.yaml:4",
                                1_204,
                                0,
                                1)))),
                Optional.empty(),
                Optional.of(new LeakReport(
                        120,
                        2,
                        3,
                        4_000,
                        17,
                        250,
                        List.of("public.big: the time was over"),
                        List.of(new LeakReport.Hit("public.customer.email", "public.note.body", 2)))),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }
}
