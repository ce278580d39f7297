package dev.caravan.target;

import dev.caravan.job.Report.ViolatedKey;
import dev.caravan.schema.ForeignKey;
import dev.caravan.schema.Identifiers;
import dev.caravan.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Drops rows that violate keys, and rows that reference these, until none is left, and then adds the keys. Keys that are there already and
 * that lead to what gets smaller are taken away meanwhile: their own actions (CASCADE, SET NULL) are no business of a copy's.
 */
final class KeyRepair {
    private KeyRepair() {}

    /**
     * @param session a session on the staging database, before triggers and rules are there
     * @param violated keys that are not there yet
     * @param all every key of the job, virtual ones too: no constraint is taken away or added for these
     * @return how many rows were dropped, by key and by the table they stood in
     * @throws SQLException when a key can still not be added
     */
    static List<ViolatedKey> run(Connection session, Collection<ForeignKey> violated, Collection<ForeignKey> all)
            throws SQLException {
        Orphans orphans = Orphans.on(session);
        Set<ForeignKey> touched = touched(orphans, violated, all);
        for (ForeignKey key : touched) {
            if (!violated.contains(key) && !key.isVirtual()) {
                TargetServer.execute(
                        session,
                        "ALTER TABLE " + key.table().quoted() + " DROP CONSTRAINT " + Identifiers.quoted(key.name()));
            }
        }
        List<ForeignKey> held = touched.stream().filter(KeyRepair::holds).toList();
        Map<String, ViolatedKey> dropped = new LinkedHashMap<>();
        boolean shrinks = true;
        while (shrinks) {
            shrinks = false;
            for (ForeignKey key : held) {
                for (ViolatedKey rows : orphans.delete(key)) {
                    shrinks = true;
                    dropped.merge(rows.table() + "." + rows.key(), rows, KeyRepair::sum);
                }
            }
        }
        for (ForeignKey key : touched) {
            if (!key.isVirtual()) {
                TargetServer.execute(session, ForeignKeyBuilder.statement(key));
            }
        }
        return List.copyOf(dropped.values());
    }

    /** One that the source itself holds for NOT VALID stays so, and drops nothing. */
    private static boolean holds(ForeignKey key) {
        return key.validated() && Orphans.tellable(key);
    }

    /** The violated keys, and all that lead to a table that may get smaller. */
    private static Set<ForeignKey> touched(
            Orphans orphans, Collection<ForeignKey> violated, Collection<ForeignKey> all) {
        Set<ForeignKey> touched = new LinkedHashSet<>(violated);
        Set<TableName> smaller =
                violated.stream().map(key -> orphans.top(key.table())).collect(Collectors.toSet());
        boolean grows = true;
        while (grows) {
            grows = false;
            for (ForeignKey key : all) {
                if (smaller.contains(orphans.top(key.referenced())) && touched.add(key)) {
                    grows = true;
                    if (holds(key)) {
                        smaller.add(orphans.top(key.table()));
                    }
                }
            }
        }
        return touched;
    }

    private static ViolatedKey sum(ViolatedKey one, ViolatedKey other) {
        return new ViolatedKey(one.key(), one.table(), one.columns(), one.rows() + other.rows(), true, one.virtual());
    }
}
