package dev.caravan.verify;

import dev.caravan.job.CopyRequest.OnViolatedKey;
import dev.caravan.job.Report;
import dev.caravan.job.RunningJob;
import dev.caravan.mask.MaskSettings;
import dev.caravan.mask.VirtualKey;
import dev.caravan.plan.CopyPlan;
import dev.caravan.plan.CopyStatement;
import dev.caravan.plan.ForeignKeyBuild;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.ForeignKey;
import dev.caravan.schema.TableName;
import dev.caravan.source.SourceJobs;
import dev.caravan.target.Orphans;
import dev.caravan.target.TargetJob;
import dev.caravan.target.TargetJobs;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keys that no constraint of the new database will check: virtual ones, and those that are NOT VALID on the source. What leads nowhere here must
 * lead nowhere there. Stateless.
 */
public final class UncheckedKeys {
    private final SourceJobs sourceJobs;
    private final TargetJobs targetJobs;
    private final MaskSettings settings;

    public UncheckedKeys(SourceJobs sourceJobs, TargetJobs targetJobs, MaskSettings settings) {
        this.sourceJobs = sourceJobs;
        this.targetJobs = targetJobs;
        this.settings = settings;
    }

    /**
     * Counts once every row is in, while the source's snapshot is still held: only where a count is not 0 the same rows are counted there. Values are
     * not compared, since they may be masked.
     *
     * @throws CaravanException {@code verification-failed} where more rows reference nothing than on the source; {@code key-violated} where as
     *     many do, and the request says FAIL
     */
    public void judge(RunningJob job, CopyPlan plan) {
        boolean partial = job.request().onlyTenants().isPresent()
                || plan.parts().stream().anyMatch(part -> part.selection().isPresent());
        boolean masked = !plan.masks().isEmpty();
        // An unmasked copy of all rows has the source's references, whatever they are.
        List<VirtualKey> all =
                partial || masked ? settings.policy(job.request().maskPolicy()).virtualKeys() : List.of();
        List<VirtualKey> virtualKeys =
                all.stream().filter(key -> !key.oneOfSeveral(all)).toList();
        all.stream()
                .filter(key -> key.oneOfSeveral(all))
                .map(key -> key.table() + " (" + String.join(", ", key.columns()) + ")")
                .distinct()
                .forEach(columns -> job.draft()
                        .warn("Several virtual keys lead from " + columns
                                + ": a row whose reference leads nowhere was not looked for."));
        List<ForeignKey> notValid = plan.foreignKeys().stream()
                .map(ForeignKeyBuild::key)
                .filter(key -> !key.validated() && (partial || masked))
                .toList();
        if (virtualKeys.isEmpty() && notValid.isEmpty()) {
            return;
        }
        TargetJob target = targetJobs.of(job.id());
        try (Connection staging = target.staging().open()) {
            staging.setNetworkTimeout(Runnable::run, 0);
            List<ForeignKey> virtual = LoadedKeys.read(staging, virtualKeys).virtual();
            for (ForeignKey key :
                    Stream.concat(virtual.stream(), notValid.stream()).toList()) {
                job.throwIfStopped();
                if (elsewhere(staging, key)) {
                    job.draft()
                            .warn("The " + words(key)
                                    + " was not looked at: rows of foreign tables among the partitions are not read.");
                    continue;
                }
                long rows = Orphans.count(staging, key);
                if (rows > 0) {
                    compare(key, rows, onSource(job, plan, key, relations(staging, key.table())));
                }
                if (key.isVirtual()) {
                    decide(job, target, key, rows);
                }
            }
        } catch (SQLException e) {
            throw target.server().failed(e, "counting the rows that violate a key");
        }
    }

    /** How many of the rows that were copied reference nothing on the source. */
    private long onSource(RunningJob job, CopyPlan plan, ForeignKey key, Set<TableName> relations) {
        return sourceJobs.of(job.id()).besides("counting the rows that violate a key", session -> {
            String condition = Orphans.condition(session, key);
            Set<String> counts = plan.parts().stream()
                    .filter(part -> relations.contains(part.table()))
                    .map(part -> CopyStatement.counting(part, condition))
                    .collect(Collectors.toSet());
            long rows = 0;
            for (String count : counts) {
                job.throwIfStopped();
                try (Statement statement = session.createStatement();
                        ResultSet row = statement.executeQuery(count)) {
                    row.next();
                    rows += row.getLong(1);
                }
            }
            return rows;
        });
    }

    /** Whether rows of the key's tables stand on other servers, which the new database may not reach: user mappings are left out. */
    private static boolean elsewhere(Connection staging, ForeignKey key) throws SQLException {
        try (PreparedStatement statement = staging.prepareStatement(
                "SELECT 1 FROM pg_catalog.unnest(ARRAY[?, ?]::pg_catalog.regclass[]) r, pg_catalog.pg_partition_tree(r) t"
                        + " JOIN pg_catalog.pg_class c ON c.oid = t.relid WHERE c.relkind = 'f'")) {
            statement.setString(1, key.table().quoted());
            statement.setString(2, key.referenced().quoted());
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    /** The table itself and its partitions, whose rows come in parts of their own. */
    private static Set<TableName> relations(Connection staging, TableName table) throws SQLException {
        Set<TableName> relations = new HashSet<>(Set.of(table));
        try (PreparedStatement statement = staging.prepareStatement(
                "SELECT n.nspname, c.relname FROM pg_catalog.pg_partition_tree(?::pg_catalog.regclass) t"
                        + " JOIN pg_catalog.pg_class c ON c.oid = t.relid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace")) {
            statement.setString(1, table.quoted());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    relations.add(new TableName(row.getString(1), row.getString(2)));
                }
            }
        }
        return relations;
    }

    private static void compare(ForeignKey key, long rows, long own) {
        if (own < rows) {
            throw CaravanException.of(
                            ErrorCode.VERIFICATION_FAILED,
                            "The " + words(key) + " does not hold in the new database: " + references(rows)
                                    + " nothing by " + String.join(", ", key.columns()) + ", in the source " + own
                                    + " of the same rows.",
                            "The old target is as it was. If the key's columns are masked, choose another masker for them or keep them; else"
                                    + " report this as a defect.")
                    .with("table", key.table().toString())
                    .with("constraint", key.name());
        }
    }

    private static void decide(RunningJob job, TargetJob target, ForeignKey key, long rows) {
        OnViolatedKey choice = job.request().onViolatedKey();
        target.staging().load().hold(key, rows > 0 && choice == OnViolatedKey.DROP);
        if (rows == 0 || choice == OnViolatedKey.DROP) {
            return;
        }
        if (choice == OnViolatedKey.FAIL) {
            throw CaravanException.of(
                            ErrorCode.KEY_VIOLATED,
                            "The source's own rows violate the " + words(key) + ": " + references(rows) + " nothing by "
                                    + String.join(", ", key.columns()) + ".",
                            "Correct the rows on the source, send onViolatedKey NOT_VALID or DROP, or take the key out of the policy.")
                    .with("table", key.table().toString())
                    .with("constraint", key.name())
                    .with("columns", key.columns())
                    .with("rows", rows);
        }
        job.draft().violated(new Report.ViolatedKey(key.name(), key.table(), key.columns(), rows, false, true));
    }

    private static String words(ForeignKey key) {
        return (key.isVirtual() ? "" : "foreign key ") + key.name() + " of " + key.table() + " to " + key.referenced();
    }

    private static String references(long rows) {
        return rows + (rows == 1 ? " row references" : " rows reference");
    }
}
