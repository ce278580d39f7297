package dev.caravan.copy;

import dev.caravan.plan.CopyPlan;
import dev.caravan.plan.ForeignKeyBuild;
import dev.caravan.plan.IndexBuild;
import dev.caravan.plan.Part;
import dev.caravan.plan.TableFinish;
import dev.caravan.plan.WorkUnit;
import dev.caravan.schema.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may begin when: a table's foreign keys to finished tables when its last part is in, its indexes when these are checked, its finish when
 * its last index is built, any other foreign key when both its tables are finished. Each unit is done once, and only one of this very
 * plan: what is still on its way from an earlier attempt, or comes twice, is not taken. Thread-safe.
 */
final class WorkBoard {
    private final Map<TableName, Integer> partsOpen = new HashMap<>();
    private final Map<TableName, Integer> indexesOpen = new HashMap<>();
    private final Map<TableName, List<IndexBuild>> indexes = new HashMap<>();
    private final Map<TableName, TableFinish> finishes = new HashMap<>();
    private final PartsWaiting partsWaiting;
    private final Set<TableName> finished = new HashSet<>();
    private final Set<TableName> indexesHeldBack = new HashSet<>();
    private final KeysWaiting keys;
    private final Map<String, WorkUnit> handedOut = new HashMap<>();
    private final List<WorkUnit> first = new ArrayList<>();
    private int loadsOpen;
    private int open;
    private int inHand;
    private Throwable failure;

    WorkBoard(CopyPlan plan) {
        for (TableFinish finish : plan.finishes()) {
            finishes.put(finish.table(), finish);
            partsOpen.put(finish.table(), 0);
            indexesOpen.put(finish.table(), 0);
        }
        for (Part part : plan.parts()) {
            partsOpen.merge(part.table(), 1, Integer::sum);
        }
        partsWaiting = new PartsWaiting(plan.parts(), plan.loadsAfter(), table -> partsOpen.getOrDefault(table, 0) > 0);
        first.addAll(partsWaiting.first());
        for (IndexBuild build : plan.indexes()) {
            indexesOpen.merge(build.index().table(), 1, Integer::sum);
            indexes.computeIfAbsent(build.index().table(), unused -> new ArrayList<>())
                    .add(build);
        }
        first.addAll(plan.largeObjects());
        keys = new KeysWaiting(plan.foreignKeys(), this::isFinished);
        loadsOpen = plan.parts().size() + plan.largeObjects().size();
        open = loadsOpen
                + plan.indexes().size()
                + plan.finishes().size()
                + plan.foreignKeys().size();
    }

    /** What can begin at once. */
    synchronized List<WorkUnit> begin() {
        List<WorkUnit> ready = new ArrayList<>(first);
        first.clear();
        for (TableName table : List.copyOf(partsOpen.keySet())) {
            if (partsOpen.get(table) == 0) {
                ready.addAll(loaded(table));
            }
        }
        return handedOut(ready);
    }

    private List<WorkUnit> handedOut(List<WorkUnit> ready) {
        ready.forEach(unit -> handedOut.put(unit.id(), unit));
        return ready;
    }

    /** Foreign keys of and to partitioned tables may begin now. */
    synchronized List<WorkUnit> allowLateKeys() {
        List<WorkUnit> ready = new ArrayList<>();
        for (TableName table : keys.allowLate()) {
            ready.addAll(keys.takeReady(table));
        }
        return handedOut(ready);
    }

    /** Units that were handed out and that no worker has taken yet. */
    synchronized int waiting() {
        return failure == null ? handedOut.size() : 0;
    }

    /** Takes a unit in hand. @return false when it must not be done: the job has failed, or the unit is not one that waits to be taken */
    synchronized boolean take(WorkUnit unit) {
        if (failure != null || !handedOut.remove(unit.id(), unit)) {
            return false;
        }
        inHand++;
        return true;
    }

    /** @return what can begin now that the unit is done */
    synchronized List<WorkUnit> done(WorkUnit unit) {
        inHand--;
        notifyAll();
        open--;
        List<WorkUnit> ready = new ArrayList<>();
        if (unit instanceof Part part) {
            loadsOpen--;
            if (partsOpen.merge(part.table(), -1, Integer::sum) == 0) {
                ready.addAll(loaded(part.table()));
                ready.addAll(partsWaiting.released(part.table()));
            }
        } else if (unit instanceof IndexBuild build) {
            if (indexesOpen.merge(build.index().table(), -1, Integer::sum) == 0) {
                ready.add(finishes.get(build.index().table()));
            }
        } else if (unit instanceof TableFinish finish) {
            finished.add(finish.table());
            ready.addAll(keys.takeReady(finish.table()));
        } else if (unit instanceof ForeignKeyBuild build) {
            keys.done(build);
            ready.addAll(afterLoad(build.key().table()));
            ready.addAll(keys.takeReady(build.key().table()));
            ready.addAll(keys.takeReady(build.key().referenced()));
        } else {
            loadsOpen--;
        }
        return handedOut(ready);
    }

    /** Puts a unit back, to be tried again in this other way. */
    synchronized void putBack(WorkUnit other) {
        handedOut.put(other.id(), other);
        inHand--;
        notifyAll();
    }

    /** The first failure counts; whatever has not begun never will. */
    synchronized void failed(Throwable thrown) {
        inHand--;
        fail(thrown);
    }

    /** The same for a failure outside any unit: a cancel, a lost snapshot. */
    synchronized void fail(Throwable thrown) {
        if (failure == null) {
            failure = thrown;
        }
        notifyAll();
    }

    /** Waits until every row is in. */
    synchronized void awaitLoads() throws InterruptedException {
        while (loadsOpen > 0 && failure == null) {
            wait();
        }
        stopOnFailure();
    }

    /** Waits until everything is done but foreign keys that wait for partitions' indexes. */
    synchronized void awaitEarlyWork() throws InterruptedException {
        while (open > keys.late() && failure == null) {
            wait();
        }
        stopOnFailure();
    }

    /** Waits until everything is done. */
    synchronized void awaitAll() throws InterruptedException {
        while (open > 0 && failure == null) {
            wait();
        }
        stopOnFailure();
    }

    /** After a failure nobody works any more when this returns, so that what the units use can be closed. */
    private void stopOnFailure() throws InterruptedException {
        if (failure == null) {
            return;
        }
        while (inHand > 0) {
            wait();
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException(failure);
    }

    /** Waits until nobody has a unit in hand. */
    synchronized void awaitIdle() throws InterruptedException {
        while (inHand > 0) {
            wait();
        }
    }

    private Collection<? extends WorkUnit> loaded(TableName table) {
        indexesHeldBack.add(table);
        return afterLoad(table);
    }

    /** One of its keys after the other, and then all its indexes at once; nothing when they have begun. */
    private Collection<? extends WorkUnit> afterLoad(TableName table) {
        if (!indexesHeldBack.contains(table)) {
            return List.of();
        }
        Optional<ForeignKeyBuild> key = keys.takeBeforeIndexes(table);
        if (key.isPresent()) {
            return List.of(key.get());
        }
        indexesHeldBack.remove(table);
        List<IndexBuild> builds = indexes.getOrDefault(table, List.of());
        return builds.isEmpty() ? List.of(finishes.get(table)) : builds;
    }

    /** A table that is not copied, such as an extension's, is there since the schema was made. */
    private boolean isFinished(TableName table) {
        return finished.contains(table) || !finishes.containsKey(table);
    }

    Optional<Throwable> failure() {
        synchronized (this) {
            return Optional.ofNullable(failure);
        }
    }
}
