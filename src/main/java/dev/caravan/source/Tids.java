package dev.caravan.source;

import dev.caravan.schema.TableName;
import dev.caravan.tenant.RowSet;
import dev.caravan.tenant.Tid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.roaringbitmap.longlong.LongIterator;

/** Places of rows as queries take them. */
final class Tids {
    private Tids() {}

    /** The rows of a table or partition, so many at a time. */
    static List<long[]> pieces(RowSet rows, TableName relation, int most) {
        List<long[]> pieces = new ArrayList<>();
        long[] piece = new long[most];
        int length = 0;
        for (LongIterator it = rows.tids(relation); it.hasNext(); ) {
            piece[length++] = it.next();
            if (length == most) {
                pieces.add(piece);
                piece = new long[most];
                length = 0;
            }
        }
        if (length > 0) {
            pieces.add(Arrays.copyOf(piece, length));
        }
        return pieces;
    }

    static String[] texts(long[] tids) {
        return Arrays.stream(tids).mapToObj(Tid::text).toArray(String[]::new);
    }
}
