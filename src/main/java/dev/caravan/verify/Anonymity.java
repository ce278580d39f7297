package dev.caravan.verify;

import dev.caravan.job.AnonymityReport;
import dev.caravan.job.RunningJob;
import dev.caravan.mask.MaskSettings;
import dev.caravan.mask.QuasiIdentifiers;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.Identifiers;
import dev.caravan.target.TargetJob;
import dev.caravan.target.TargetJobs;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** VERIFY, in a masked job whose policy names quasi-identifiers: how small the groups are in which a person can hide. Stateless. */
public final class Anonymity {
    private final TargetJobs targetJobs;
    private final MaskSettings settings;
    private final Masked masked;

    /** Whether a job masks. */
    public interface Masked {
        boolean masks(RunningJob job);
    }

    public Anonymity(TargetJobs targetJobs, MaskSettings settings, Masked masked) {
        this.targetJobs = targetJobs;
        this.settings = settings;
        this.masked = masked;
    }

    /** @throws CaravanException {@code anonymity-too-small} that names tables and columns, never a value */
    public void measure(RunningJob job) {
        if (!masked.masks(job)) {
            return;
        }
        List<QuasiIdentifiers> wanted =
                settings.policy(job.request().maskPolicy()).quasiIdentifiers();
        if (wanted.isEmpty()) {
            return;
        }
        job.throwIfStopped();
        TargetJob target = targetJobs.of(job.id());
        List<AnonymityReport> found = new ArrayList<>();
        try (Connection staging = target.staging().open()) {
            staging.setNetworkTimeout(Runnable::run, 0);
            for (QuasiIdentifiers one : wanted) {
                job.throwIfStopped();
                found.add(measured(staging, one));
            }
        } catch (SQLException e) {
            throw target.server().failed(e, "counting rows that share their quasi-identifiers");
        }
        job.draft().grouped(found);
        List<AnonymityReport> small =
                found.stream().filter(one -> one.rowsBelow() > 0).toList();
        if (!small.isEmpty()) {
            throw CaravanException.of(
                            ErrorCode.ANONYMITY_TOO_SMALL,
                            "Too few rows share their quasi-identifiers: "
                                    + small.stream().map(Anonymity::sentence).collect(Collectors.joining("; ")) + ".",
                            "The old target is as it was. Mask one of the columns more coarsely, such as a date by date-truncate to a decade, or lower the"
                                    + " policy's minimum.")
                    .with("table", small.get(0).table().toString());
        }
    }

    private static String sentence(AnonymityReport one) {
        return one.rowsBelow() + " of " + one.rows() + " rows of " + one.table() + " are in groups of less than "
                + one.minimum().orElse(0) + " by " + String.join(", ", one.columns()) + ", the smallest of "
                + one.smallest().orElse(0);
    }

    private static AnonymityReport measured(Connection staging, QuasiIdentifiers one) throws SQLException {
        String columns = one.columns().stream().map(Identifiers::quoted).collect(Collectors.joining(", "));
        String query = "SELECT count(*), sum(n), min(n), sum(n) FILTER (WHERE n < "
                + one.minimum().orElse(0) + ")" + " FROM (SELECT count(*) AS n FROM "
                + one.table().quoted() + " GROUP BY " + columns + ") AS groups";
        try (Statement statement = staging.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            long groups = row.getLong(1);
            return new AnonymityReport(
                    one.table(),
                    one.columns(),
                    row.getLong(2),
                    groups,
                    groups == 0 ? OptionalLong.empty() : OptionalLong.of(row.getLong(3)),
                    one.minimum(),
                    row.getLong(4));
        }
    }
}
