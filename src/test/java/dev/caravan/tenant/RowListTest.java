package dev.caravan.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RowListTest {
    @Test
    void placesAreWrittenAsPostgresReadsThem() {
        RowList rows = RowList.of(Tid.parse("(0,1)"), Tid.parse("(7,291)"), Tid.parse("(4294967294,3)"));
        assertEquals("'{\"(0,1)\",\"(7,291)\",\"(4294967294,3)\"}'::pg_catalog.tid[]", rows.sql());
        assertEquals(3, rows.size());
    }

    @Test
    void aListIsTheSameAfterItsWayAsJson() throws Exception {
        ObjectMapper json = new ObjectMapper();
        Random random = new Random(7);
        for (int run = 0; run < 200; run++) {
            TreeSet<Long> tids = new TreeSet<>();
            for (int i = random.nextInt(300); i >= 0; i--) {
                tids.add(Tid.parse("(" + (random.nextLong() >>> 32 + random.nextInt(30)) + ","
                        + (1 + random.nextInt(1169)) + ")"));
            }
            RowList rows = RowList.of(tids.stream().mapToLong(Long::longValue).toArray());
            RowList read = json.readValue(json.writeValueAsString(rows), RowList.class);
            assertEquals(rows, read);
            assertEquals(tids.size(), read.size());
            assertEquals(
                    tids.stream()
                            .map(tid -> '"' + Tid.text(tid) + '"')
                            .collect(Collectors.joining(",", "'{", "}'::pg_catalog.tid[]")),
                    read.sql());
        }
    }

    @Test
    void rowsOutOfOrderAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> RowList.of(Tid.parse("(1,2)"), Tid.parse("(1,1)")));
        assertThrows(IllegalArgumentException.class, () -> Tid.parse("(1,2048)"));
    }
}
