package dev.caravan.verify;

import dev.caravan.mask.FoundValues;
import dev.caravan.mask.SourceValues;
import dev.caravan.mask.TextSearch;
import dev.caravan.schema.Identifiers;
import dev.caravan.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** One pass over a table. Not thread-safe. */
final class TableScan {
    private static final int ROWS_BETWEEN_LOOKS = 1_000;

    private final SourceValues values;
    private final TextSearch search;
    private final Runnable stopped;
    private final long until;
    private final long begun = System.nanoTime();
    private long rows;

    /**
     * @param stopped throws when the job is to stop
     * @param until the end of its time, as System.nanoTime counts
     */
    TableScan(SourceValues values, Runnable stopped, long until) {
        this.values = values;
        this.search = new TextSearch(values);
        this.stopped = stopped;
        this.until = until;
    }

    /** @return whether the whole table was searched */
    boolean read(Connection staging, TableName table, TextColumns text, BiPredicate<TableName, String> kept)
            throws SQLException {
        List<String> columns = text.names();
        boolean[] plain = new boolean[columns.size()];
        boolean[] documents = new boolean[columns.size()];
        String[] names = new String[columns.size()];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = kept.test(table, columns.get(i));
            documents[i] = text.documents().contains(columns.get(i));
            names[i] = table + "." + columns.get(i);
        }
        int shortest = values.shortest();
        String select =
                "COPY (SELECT " + columns.stream().map(Identifiers::quoted).collect(Collectors.joining(", "))
                        + " FROM ONLY " + table.quoted() + text.longEnough(shortest) + ") TO STDOUT";
        CopyOut copy = staging.unwrap(PGConnection.class).getCopyAPI().copyOut(select);
        for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
            int from = 0;
            for (int i = 0; i < names.length; i++) {
                int end = from;
                while (row[end] != '\t' && row[end] != '\n') {
                    end++;
                }
                if (end - from >= shortest) {
                    if (documents[i]) {
                        search.lookIntoDocument(row, from, plain[i], names[i]);
                    } else {
                        search.look(row, from, end - from, true, plain[i], names[i]);
                    }
                }
                from = end + 1;
            }
            if (++rows % ROWS_BETWEEN_LOOKS == 0) {
                stopped.run();
                if (System.nanoTime() > until) {
                    copy.cancelCopy();
                    return false;
                }
            }
        }
        return true;
    }

    FoundValues found() {
        return search.found();
    }

    long rows() {
        return rows;
    }

    /** How long it has taken so far. */
    long nanos() {
        return System.nanoTime() - begun;
    }
}
