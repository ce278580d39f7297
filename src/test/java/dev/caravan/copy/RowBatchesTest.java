package dev.caravan.copy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.plan.CopyFormat;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowBatchesTest {
    private static final byte[] TRAILER = {-1, -1};

    /** What was gathered: each batch's rows and bytes. */
    private record Gathered(List<Integer> rows, List<Integer> lengths, byte[] bytes, long rowsSeen) {}

    private static Gathered gather(CopyFormat format, List<byte[]> stream) {
        Iterator<byte[]> messages = stream.iterator();
        RowBatches batches =
                new RowBatches(Plans.part(1, "t", format), () -> messages.hasNext() ? messages.next() : null);
        List<Integer> rows = new ArrayList<>();
        List<Integer> lengths = new ArrayList<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (batches.hasNext()) {
            RowBatch batch = batches.next();
            rows.add(batch.rows());
            lengths.add(batch.length());
            bytes.write(batch.bytes(), 0, batch.length());
        }
        assertThrows(NoSuchElementException.class, batches::next);
        return new Gathered(rows, lengths, bytes.toByteArray(), batches.rowsSeen());
    }

    private static byte[] header(int extension, byte[] first) {
        byte[] message = new byte[19 + extension + first.length];
        byte[] signature = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', -1, '\r', '\n', 0};
        System.arraycopy(signature, 0, message, 0, signature.length);
        message[17] = (byte) (extension >> 8);
        message[18] = (byte) extension;
        System.arraycopy(first, 0, message, 19 + extension, first.length);
        return message;
    }

    /** A row of one field, so long in all. */
    private static byte[] row(int length) {
        byte[] row = new byte[length];
        row[1] = 1;
        for (int i = 2; i < length; i++) {
            row[i] = (byte) (i * 31 + length);
        }
        return row;
    }

    @Test
    void headerAndTrailerAreNoRows() {
        Gathered gathered = gather(CopyFormat.BINARY, List.of(header(0, row(10)), row(20), TRAILER));
        assertEquals(List.of(2), gathered.rows());
        assertEquals(30, gathered.bytes().length);
        assertEquals(2, gathered.rowsSeen());
    }

    @Test
    void aHeaderMayComeAloneOrWithAnExtension() {
        assertEquals(
                1,
                gather(CopyFormat.BINARY, List.of(header(0, new byte[0]), row(9), TRAILER))
                        .rowsSeen());
        Gathered gathered = gather(CopyFormat.BINARY, List.of(header(300, row(9)), TRAILER));
        assertArrayEquals(row(9), gathered.bytes());
    }

    @Test
    void anEmptyTableGivesNoBatch() {
        assertEquals(
                List.of(),
                gather(CopyFormat.BINARY, List.of(header(0, TRAILER))).rows());
        assertEquals(
                List.of(),
                gather(CopyFormat.BINARY, List.of(header(0, new byte[0]), TRAILER))
                        .rows());
        assertEquals(List.of(), gather(CopyFormat.TEXT, List.of()).rows());
    }

    @Test
    void rowsWithoutColumnsAreCounted() {
        byte[] none = {0, 0};
        Gathered binary = gather(CopyFormat.BINARY, List.of(header(0, none), none, none, TRAILER));
        assertEquals(3, binary.rowsSeen());
        assertEquals(6, binary.bytes().length);
        Gathered text = gather(CopyFormat.TEXT, List.of(new byte[] {'\n'}, new byte[] {'\n'}));
        assertEquals(List.of(2), text.rows());
    }

    @Test
    void inTextTwoBytesOf255AreARow() {
        assertEquals(1, gather(CopyFormat.TEXT, List.of(TRAILER)).rowsSeen());
    }

    @Test
    void aBatchHoldsExactlySoMuchAndNoMore() {
        int half = RowBatches.BATCH_BYTES / 2;
        assertEquals(
                List.of(2, 1),
                gather(CopyFormat.TEXT, List.of(row(half), row(half), row(3))).rows());
        assertEquals(
                List.of(1, 1),
                gather(CopyFormat.TEXT, List.of(row(half), row(half + 1))).rows());
        assertEquals(
                List.of(1, 1),
                gather(CopyFormat.TEXT, List.of(row(2 * half), row(2))).rows());
    }

    @Test
    void aLargeRowIsABatchOfItsOwnUncopied() {
        byte[] large = row(RowBatches.BATCH_BYTES + 1);
        Iterator<byte[]> messages = List.of(row(5), large, row(6)).iterator();
        RowBatches batches =
                new RowBatches(Plans.part(1, "t", CopyFormat.TEXT), () -> messages.hasNext() ? messages.next() : null);
        assertEquals(5, batches.next().length());
        assertTrue(batches.next().bytes() == large);
        assertEquals(6, batches.next().length());
        assertFalse(batches.hasNext());
    }

    @Test
    void whateverTheSizesEveryByteArrivesOnceAndInOrder() {
        for (long seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            List<byte[]> messages = new ArrayList<>();
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            int rows = random.nextInt(200);
            for (int i = 0; i < rows; i++) {
                byte[] row = row(3 + random.nextInt(random.nextInt(20) == 0 ? 200_000 : 3_000));
                sent.writeBytes(row);
                messages.add(i == 0 ? header(0, row) : row);
            }
            messages.add(rows == 0 ? header(0, TRAILER) : TRAILER);
            Gathered gathered = gather(CopyFormat.BINARY, messages);
            assertArrayEquals(sent.toByteArray(), gathered.bytes(), "seed " + seed);
            assertEquals(rows, gathered.rowsSeen());
            assertEquals(rows, gathered.rows().stream().mapToInt(i -> i).sum());
        }
    }
}
