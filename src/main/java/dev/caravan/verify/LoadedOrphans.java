package dev.caravan.verify;

import dev.caravan.job.TenantReport;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Counts on the loaded database the rows whose reference leads nowhere, over every key that PostgreSQL itself does not hold for valid. */
final class LoadedOrphans {
    private LoadedOrphans() {}

    /** @throws CaravanException {@code verification-failed} where they are more than are known of the source */
    static List<TenantReport.KeyRows> prove(Connection staging, LoadedKeys loaded, TenantQuestion question)
            throws SQLException {
        List<TenantReport.KeyRows> counted = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        for (LoadedKeys.Key key : loaded.keys()) {
            if (key.valid()) {
                continue;
            }
            long rows = count(staging, key);
            long known = question.known().applyAsLong(key.table().name(), key.name());
            counted.add(new TenantReport.KeyRows(key.name(), key.table().name(), rows));
            if (rows > known) {
                lost.add(key.name() + " (" + String.join(", ", key.columns()) + ") of "
                        + key.table().name() + ": " + rows + ", of which the source has " + known);
            }
        }
        if (!lost.isEmpty()) {
            throw CaravanException.of(
                            ErrorCode.VERIFICATION_FAILED,
                            "The new database holds rows that reference nothing over " + String.join("; ", lost) + ".",
                            "The old target is as it was. An afterLoad file may have removed what they reference; else report this as a defect.")
                    .with("keys", lost);
        }
        return counted;
    }

    private static long count(Connection staging, LoadedKeys.Key key) throws SQLException {
        try (Statement statement = staging.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM "
                        + key.table().rows() + " r WHERE " + key.present("r") + " AND NOT EXISTS (SELECT 1 FROM "
                        + key.referenced().rows() + " p WHERE " + key.joins("r", "p") + ")")) {
            row.next();
            return row.getLong(1);
        }
    }
}
