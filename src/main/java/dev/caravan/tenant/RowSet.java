package dev.caravan.tenant;

import dev.caravan.schema.TableName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.roaringbitmap.longlong.LongIterator;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** A set of rows of a table, by partition and place; two or three bytes a row. Not thread-safe. */
public final class RowSet {
    private final Map<TableName, Roaring64Bitmap> byRelation = new TreeMap<>();

    /** @return whether it was not there yet */
    public boolean add(TableName relation, long tid) {
        Roaring64Bitmap tids = byRelation.computeIfAbsent(relation, unused -> new Roaring64Bitmap());
        if (tids.contains(tid)) {
            return false;
        }
        tids.addLong(tid);
        return true;
    }

    public boolean contains(TableName relation, long tid) {
        Roaring64Bitmap tids = byRelation.get(relation);
        return tids != null && tids.contains(tid);
    }

    /** How many rows there are. */
    public long size() {
        return byRelation.values().stream()
                .mapToLong(Roaring64Bitmap::getLongCardinality)
                .sum();
    }

    public Set<TableName> relations() {
        return byRelation.keySet();
    }

    /** Adds another set's rows. */
    public void addAll(RowSet other) {
        other.byRelation.keySet().forEach(relation -> addAll(other, relation));
    }

    /** Adds another set's rows of one partition. */
    void addAll(RowSet other, TableName relation) {
        Roaring64Bitmap tids = other.byRelation.get(relation);
        if (tids != null) {
            byRelation
                    .computeIfAbsent(relation, unused -> new Roaring64Bitmap())
                    .or(tids);
        }
    }

    /** The rows of one partition that the other set has not, in lists of at most so many. */
    List<RowList> lists(TableName relation, RowSet without, int most) {
        List<RowList> lists = new ArrayList<>();
        Roaring64Bitmap tids = byRelation.get(relation);
        if (tids == null) {
            return lists;
        }
        long[] buffer = new long[most];
        int length = 0;
        for (LongIterator it = tids.getLongIterator(); it.hasNext(); ) {
            long tid = it.next();
            if (without.contains(relation, tid)) {
                continue;
            }
            buffer[length++] = tid;
            if (length == most) {
                lists.add(RowList.of(buffer));
                length = 0;
            }
        }
        if (length > 0) {
            lists.add(RowList.of(Arrays.copyOf(buffer, length)));
        }
        return lists;
    }

    /** All rows of one partition as one list; empty when there are none. */
    Optional<RowList> list(TableName relation) {
        Roaring64Bitmap tids = byRelation.get(relation);
        return tids == null ? Optional.empty() : Optional.of(RowList.of(tids.toArray()));
    }

    /** The rows of one partition, ascending. */
    public LongIterator tids(TableName relation) {
        return byRelation.getOrDefault(relation, new Roaring64Bitmap()).getLongIterator();
    }
}
