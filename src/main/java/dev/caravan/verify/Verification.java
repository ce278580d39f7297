package dev.caravan.verify;

import dev.caravan.job.CopyRequest;
import dev.caravan.job.Report;
import dev.caravan.job.RunningJob;
import dev.caravan.mask.KeepMasker;
import dev.caravan.plan.CopyPlan;
import dev.caravan.plan.MaskAssignment;
import dev.caravan.plan.Part;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.TableName;
import dev.caravan.source.SourceJob;
import dev.caravan.source.SourceJobs;
import dev.caravan.target.Ledger;
import dev.caravan.target.TargetJob;
import dev.caravan.target.TargetJobs;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** VERIFY: what the staging database holds against what was planned and read. Stateless. */
public final class Verification {
    private static final String INVALID_INDEXES =
            "SELECT c.oid::pg_catalog.regclass::text FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid"
                    + " WHERE (NOT i.indisvalid OR NOT i.indisready) AND c.oid >= 16384 AND c.relkind = 'i'";

    private static final String FOREIGN_KEYS =
            "SELECT n.nspname, c.relname, k.conname, k.convalidated FROM pg_catalog.pg_constraint k"
                    + " JOIN pg_catalog.pg_class c ON c.oid = k.conrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE k.contype = 'f' AND k.conparentid = 0 AND n.nspname NOT LIKE 'pg\\_%'";

    private final SourceJobs sourceJobs;
    private final TargetJobs targetJobs;

    public Verification(SourceJobs sourceJobs, TargetJobs targetJobs) {
        this.sourceJobs = sourceJobs;
        this.targetJobs = targetJobs;
    }

    /** @throws CaravanException {@code verification-failed} that names what differs */
    public void verify(RunningJob job, CopyPlan plan) {
        job.throwIfStopped();
        TargetJob target = targetJobs.of(job.id());
        try (Connection staging = target.staging().open()) {
            staging.setNetworkTimeout(Runnable::run, 0);
            checkParts(staging, plan);
            checkIndexes(staging);
            Report.ForeignKeys keys = foreignKeys(job, staging, plan);
            int compared = 0;
            if (job.request().verify() == CopyRequest.Verify.CONTENT) {
                compared = compareContent(job, staging, plan);
            }
            job.draft().verified(keys, compared);
        } catch (SQLException e) {
            throw target.server().failed(e, "verifying the new database");
        }
    }

    /** Each part is in the ledger once, and its rows were counted at both ends when it was committed. */
    private static void checkParts(Connection staging, CopyPlan plan) throws SQLException {
        Map<String, Ledger.Loaded> loaded = Ledger.parts(staging);
        List<String> missing = plan.parts().stream()
                .filter(part -> !loaded.containsKey(part.id()))
                .map(part -> part.table().toString())
                .distinct()
                .toList();
        if (!missing.isEmpty() || loaded.size() != plan.parts().size()) {
            throw differs("The ledger has " + loaded.size() + " parts of "
                    + plan.parts().size() + " planned"
                    + (missing.isEmpty() ? "" : "; missing are parts of " + String.join(", ", missing)));
        }
    }

    private static void checkIndexes(Connection staging) throws SQLException {
        List<String> invalid = new ArrayList<>();
        try (Statement statement = staging.createStatement();
                ResultSet row = statement.executeQuery(INVALID_INDEXES)) {
            while (row.next()) {
                invalid.add(row.getString(1));
            }
        }
        if (!invalid.isEmpty()) {
            throw differs("Indexes are not valid: " + String.join(", ", invalid));
        }
    }

    /** Every planned key is there, and as valid as on the source; one that the source violates was warned about. */
    private static Report.ForeignKeys foreignKeys(RunningJob job, Connection staging, CopyPlan plan)
            throws SQLException {
        Map<String, Boolean> found = new LinkedHashMap<>();
        try (Statement statement = staging.createStatement();
                ResultSet row = statement.executeQuery(FOREIGN_KEYS)) {
            while (row.next()) {
                found.put(
                        new TableName(row.getString(1), row.getString(2)) + "." + row.getString(3), row.getBoolean(4));
            }
        }
        List<String> missing = plan.foreignKeys().stream()
                .map(build -> build.key().table() + "." + build.key().name())
                .filter(name -> !found.containsKey(name))
                .toList();
        if (!missing.isEmpty()) {
            throw differs("Foreign keys are missing: " + String.join(", ", missing));
        }
        int valid = (int) found.values().stream().filter(validated -> validated).count();
        return new Report.ForeignKeys(valid, found.size() - valid, job.draft().violatedKeys());
    }

    private int compareContent(RunningJob job, Connection staging, CopyPlan plan) throws SQLException {
        SourceJob source = sourceJobs.of(job.id());
        Set<TableName> masked = plan.masks().stream()
                .filter(decision -> !decision.masker().equals(KeepMasker.NAME))
                .map(MaskAssignment.Decision::table)
                .collect(Collectors.toSet());
        Set<TableName> shrunk = job.draft().violatedKeys().stream()
                .filter(Report.ViolatedKey::dropped)
                .map(Report.ViolatedKey::table)
                .collect(Collectors.toSet());
        Map<TableName, Part> tables = plan.parts().stream()
                .filter(part -> part.condition().isEmpty()
                        && part.selection().isEmpty()
                        && !masked.contains(part.table())
                        && !shrunk.contains(part.table()))
                .collect(Collectors.toMap(Part::table, part -> part, (first, second) -> first, LinkedHashMap::new));
        for (Part part : tables.values()) {
            job.throwIfStopped();
            TableName table = part.table();
            ContentHash read =
                    source.besides("hashing " + table, session -> ContentHash.of(session, table, part.columns()));
            ContentHash written = ContentHash.of(staging, table, part.columns());
            if (!read.equals(written)) {
                throw differs("The content of " + table + " differs: " + read.rows() + " rows on the source, "
                                + written.rows() + " in the new database"
                                + (read.rows() == written.rows() ? ", whose hashes are not the same" : ""))
                        .with("table", table.toString());
            }
        }
        return tables.size();
    }

    private static CaravanException differs(String what) {
        return CaravanException.of(
                ErrorCode.VERIFICATION_FAILED,
                what + ".",
                "The old target is as it was. An afterLoad file may have changed the rows; else report this as a defect.");
    }
}
