package dev.caravan.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.schema.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartCutterTest {
    private static final Limits FOUR_WORKERS = new Limits(4, 4, 15, 15);

    private static List<Part> cut(Table table, Limits limits, long totalBytes) {
        return new PartCutter("job", limits, totalBytes).cut(table, CopyFormat.BINARY, 5);
    }

    @ParameterizedTest
    @ValueSource(longs = {16_384, 16_385, 20_000, 24_577, 32_769, 1_000_003, 4_294_967_294L})
    void rangesCoverEveryPageOnceAndTheLastIsOpenEnded(long pages) {
        List<Part> parts = cut(Samples.table("big", pages), FOUR_WORKERS, pages * 8192);

        assertEquals(Math.min(4, pages / 8192), parts.size());
        long next = 0;
        for (int i = 0; i < parts.size(); i++) {
            Part.PageRange range = parts.get(i).pages().orElseThrow();
            assertEquals(next, range.first());
            assertEquals(i == parts.size() - 1, range.end().isEmpty());
            if (range.end().isPresent()) {
                assertTrue(range.end().get() > range.first());
                next = range.end().get();
            }
            assertFalse(parts.get(i).freeze(), "a frozen part truncates the table, and others fill it too");
            assertEquals(i + 1, parts.get(i).number());
        }
        assertTrue(next < pages);
    }

    @Test
    void onlyTheLongestPoleIsCut() {
        Table table = Samples.table("t", 100_000);
        assertEquals(4, cut(table, FOUR_WORKERS, table.bytes() * 2).size());
        assertEquals(1, cut(table, FOUR_WORKERS, table.bytes() * 5).size());
    }

    @Test
    void nothingIsCutWhereACutCannotHelp() {
        Table table = Samples.table("t", 100_000);
        for (Limits limits : List.of(new Limits(4, 2, 15, 15), new Limits(1, 8, 15, 15), new Limits(4, 4, 13, 15))) {
            List<Part> parts = cut(table, limits, table.bytes());
            assertEquals(1, parts.size(), limits::toString);
            assertEquals(Optional.empty(), parts.get(0).pages());
            assertTrue(parts.get(0).freeze());
        }
        assertEquals(1, cut(Samples.table("small", 16_383), FOUR_WORKERS, 1).size());
    }

    @Test
    void anExtensionsTableAndOneWithoutColumnsStayWhole() {
        Table configuration =
                Samples.table("c", 100_000, Table.Kind.PLAIN, List.of(Samples.INT), Optional.of("WHERE custom"));
        List<Part> parts = cut(configuration, FOUR_WORKERS, 1);
        assertEquals(1, parts.size());
        assertFalse(parts.get(0).freeze(), "CREATE EXTENSION has put rows there");
        assertEquals(
                1,
                cut(Samples.table("n", 100_000, Table.Kind.PLAIN, List.of(), Optional.empty()), FOUR_WORKERS, 1)
                        .size());
    }

    @Test
    void numbersGoOnOverTables() {
        PartCutter cutter = new PartCutter("job", FOUR_WORKERS, 1);
        List<Integer> numbers = IntStream.range(0, 3)
                .mapToObj(i -> Samples.table("t" + i, 20_000))
                .flatMap(table -> cutter.cut(table, CopyFormat.TEXT, 0).stream())
                .map(Part::number)
                .toList();
        assertEquals(List.of(1, 2, 3, 4, 5, 6), numbers);
    }
}
