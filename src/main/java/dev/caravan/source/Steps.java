package dev.caravan.source;

import dev.caravan.schema.TableName;
import dev.caravan.tenant.Reference;
import dev.caravan.tenant.RowSet;
import dev.caravan.tenant.TableScope;
import dev.caravan.tenant.TenantScopes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows that were found and whose references are still to be followed, in pieces that one query can take. Not thread-safe. */
final class Steps {
    /** Rows whose references are followed in one query. */
    static final int ROWS = 10_000;

    private final TenantScopes scopes;
    private final Deque<Step> open = new ArrayDeque<>();
    private final Map<TableName, List<Long>> found = new HashMap<>();
    private final Map<TableName, Boolean> leadsOn = new HashMap<>();

    /** Rows of one table or partition whose references are to be followed. */
    record Step(TableName relation, long[] tids) {}

    Steps(TenantScopes scopes) {
        this.scopes = scopes;
    }

    /** Takes a row, and follows it later when it is new and leads anywhere. */
    void add(RowSet rows, SourceRow row) {
        TableName relation = row.relation();
        if (rows.add(relation, row.tid()) && leadsOn.computeIfAbsent(relation, this::leadsOn)) {
            found.computeIfAbsent(relation, unused -> new ArrayList<>()).add(row.tid());
            if (found.get(relation).size() >= ROWS) {
                close(relation);
            }
        }
    }

    /** The next rows to follow; null when there are none. */
    Step next() {
        if (open.isEmpty()) {
            List.copyOf(found.keySet()).forEach(this::close);
        }
        return open.poll();
    }

    private void close(TableName relation) {
        List<Long> tids = found.remove(relation);
        open.add(new Step(relation, tids.stream().mapToLong(Long::longValue).toArray()));
    }

    /** Whether the key leads to rows of the table or partition. */
    boolean leadTo(Reference reference, TableName relation) {
        return scopes.holds(reference.referencedRelation(), relation);
    }

    /** Whether the key comes from rows of the table or partition. */
    boolean comeFrom(Reference reference, TableName relation) {
        return scopes.holds(reference.relation(), relation);
    }

    /** Whether anything can be found from its rows: millions of them need not be kept for nothing. */
    private boolean leadsOn(TableName relation) {
        return scopes.references().stream()
                .anyMatch(reference -> comeFrom(reference, relation)
                                && scopes.scopes().get(reference.referenced()).kind() != TableScope.Kind.ALL
                        || leadTo(reference, relation)
                                && (scopes.scopes().get(reference.table()).kind() == TableScope.Kind.FOLLOWING
                                        || scopes.scopes()
                                                .get(reference.table())
                                                .paths()
                                                .contains(reference)));
    }
}
