package dev.caravan.copy;

import dev.caravan.plan.ForeignKeyBuild;
import dev.caravan.schema.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Foreign keys that have not begun. ADD FOREIGN KEY locks both tables against each other's and against index builds: two on one table
 * would only hold up a second worker. Not thread-safe: its board is.
 */
final class KeysWaiting {
    private final Map<TableName, Set<ForeignKeyBuild>> byTable = new HashMap<>();
    private final Set<TableName> locked = new HashSet<>();
    private final Predicate<TableName> finished;
    private int late;
    private boolean lateAllowed;

    /**
     * @param finished whether a table has all its indexes and constraints, foreign keys apart
     */
    KeysWaiting(Collection<ForeignKeyBuild> keys, Predicate<TableName> finished) {
        this.finished = finished;
        for (ForeignKeyBuild build : keys) {
            of(build.key().table()).add(build);
            of(build.key().referenced()).add(build);
            late += build.late() ? 1 : 0;
        }
    }

    /** How many wait until they are allowed: those of and to partitioned tables. */
    int late() {
        return late;
    }

    /** All tables that a key waits on, once late ones are allowed. */
    List<TableName> allowLate() {
        lateAllowed = true;
        late = 0;
        return List.copyOf(byTable.keySet());
    }

    /** Takes every key of or to the table that may begin: both its tables are finished, and no other key works on either. */
    List<ForeignKeyBuild> takeReady(TableName touched) {
        List<ForeignKeyBuild> ready = new ArrayList<>();
        for (ForeignKeyBuild build : List.copyOf(of(touched))) {
            if (finished.test(build.key().table()) && mayBegin(build)) {
                take(build);
                ready.add(build);
            }
        }
        return ready;
    }

    /**
     * Takes one key of a table whose rows are in and whose indexes have not begun: later its check would have to wait for the longest
     * of them, and would run alone at the end of the job. One that is checked by its table's index waits for it all the same.
     */
    Optional<ForeignKeyBuild> takeBeforeIndexes(TableName table) {
        Optional<ForeignKeyBuild> first = of(table).stream()
                .filter(build -> !build.byIndexes()
                        && build.key().table().equals(table)
                        && !build.key().referenced().equals(table)
                        && mayBegin(build))
                .findFirst();
        first.ifPresent(this::take);
        return first;
    }

    /** The key is there: others may work on its tables. */
    void done(ForeignKeyBuild build) {
        locked.remove(build.key().table());
        locked.remove(build.key().referenced());
    }

    private boolean mayBegin(ForeignKeyBuild build) {
        return (!build.late() || lateAllowed)
                && finished.test(build.key().referenced())
                && !locked.contains(build.key().table())
                && !locked.contains(build.key().referenced());
    }

    private void take(ForeignKeyBuild build) {
        locked.add(build.key().table());
        locked.add(build.key().referenced());
        of(build.key().table()).remove(build);
        of(build.key().referenced()).remove(build);
    }

    private Set<ForeignKeyBuild> of(TableName table) {
        return byTable.computeIfAbsent(table, unused -> new LinkedHashSet<>());
    }
}
