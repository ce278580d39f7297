package dev.caravan.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.client.TableView.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTest {
    private static final Terminal PLAIN = new Terminal(true, 80, 24, false, Terminal.Glyphs.UNICODE);

    private static JobView job(String state, String phase) throws Exception {
        return JobView.of(
                        CopyService.JSON.readTree(ScriptedService.json(new ScriptedService.Step(state, phase, "null"))))
                .orElseThrow();
    }

    private static TableView table(String name, State state, long bytes, long total) {
        return new TableView(name, state, 1204, bytes, total < 0 ? OptionalLong.empty() : OptionalLong.of(total), 3, 2);
    }

    private static List<String> draw(Terminal terminal, TableView... tables) throws Exception {
        return new Picture(terminal)
                .lines(new Frame(
                        job("RUNNING", "COPY"),
                        List.of(tables),
                        Map.of("public.order_line", 84_000_000L),
                        Duration.ofSeconds(29)));
    }

    @Test
    void runningJobLooksLikeThis() throws Exception {
        assertEquals(
                """
                shop-prod → shop-dev   identical                                           COPY
                public.country     ░░░░░░░░░░ waiting
                public.customer    ██████████ done   1,204 rows   2/3 indexes
                public.order_line  ███████░░░  71 %   84 MB/s   ETA 0:12
                public.product     ██████████ index  1,204 rows   2/3 indexes
                public.unknown     ░░░░░░░░░░   ? %   1,204 rows
                0:29 · 1/2 tables · 2,408 rows · 142 MB (71 %) · 3/6 indexes · 84 MB/s · ETA 0…""",
                String.join(
                        "\n",
                        draw(
                                PLAIN,
                                table("public.order_line", State.COPYING, 2_485_000_000L, 3_493_000_000L - 1),
                                table("public.customer", State.DONE, 100, 100),
                                table("public.product", State.INDEXING, 100, 100),
                                table("public.unknown", State.COPYING, 100, -1),
                                table("public.country", State.WAITING, 0, 100))));
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 33, 40, 79, 80, 200})
    void noLineReachesTheLastColumn(int columns) throws Exception {
        Terminal terminal = new Terminal(true, columns, 24, false, Terminal.Glyphs.UNICODE);
        for (String line : draw(
                terminal,
                table("public.order_line", State.COPYING, 71, 100),
                table("a_schema.日本語のとても長いテーブルの名前です_and_much_more_of_it", State.DONE, 1, 1))) {
            assertTrue(Text.columns(line) < columns, line);
        }
    }

    @Test
    void whatDoesNotFitIsCountedAndWhatMattersIsShown() throws Exception {
        List<TableView> tables = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            tables.add(table("t.done" + i, State.DONE, 1, 1));
        }
        tables.add(table("t.copying", State.COPYING, 1, 2));
        tables.add(table("t.failed", State.FAILED, 1, 2));
        Terminal small = new Terminal(true, 80, 10, false, Terminal.Glyphs.UNICODE);
        List<String> lines = draw(small, tables.toArray(new TableView[0]));
        assertTrue(lines.size() < 10, "one line of the terminal stays free for the cursor");
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("t.copying")));
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("t.failed")));
        assertTrue(lines.contains("… and 996 more tables: 996 done"), String.join("\n", lines));
    }

    @Test
    void asciiTerminalsGetAsciiOnly() throws Exception {
        Terminal ascii = new Terminal(true, 80, 24, false, Terminal.Glyphs.ASCII);
        String picture = String.join("\n", draw(ascii, table("public.order_line", State.COPYING, 71, 100)));
        assertTrue(picture.contains("#######---"), picture);
        assertTrue(picture.chars().allMatch(c -> c < 127), picture);
    }

    @Test
    void coloursAreOnlyThereWhenWanted() throws Exception {
        TableView table = table("public.order_line", State.DONE, 71, 100);
        Terminal coloured = new Terminal(true, 80, 24, true, Terminal.Glyphs.UNICODE);
        String escaped = String.join("\n", draw(coloured, table));
        assertTrue(escaped.contains("\u001b[32mdone\u001b[0m"), escaped);
        assertFalse(String.join("\n", draw(PLAIN, table)).contains("\u001b"));
        assertEquals(String.join("\n", draw(PLAIN, table)), escaped.replaceAll("\u001b\\[\\d*m", ""));
    }

    @Test
    void estimateThatWasTooSmallShowsNeitherMoreThan99PercentNorATime() throws Exception {
        String line =
                draw(PLAIN, table("public.order_line", State.COPYING, 300, 100)).get(1);
        assertTrue(line.contains(" 99 %"), line);
        assertFalse(line.contains("ETA"), line);
    }

    @Test
    void successNamesWhatWasProvedAndWhatWasLeftOut() throws Exception {
        ReportView report = new ReportView(
                18,
                1,
                12,
                OptionalLong.of(0),
                OptionalLong.of(0),
                List.of("mind\u001b[2J this"),
                List.of("role x: is not there"));
        assertEquals("""
                ✔ SUCCEEDED in 0:41 · 1/2 tables · 2,408 rows · 18 foreign keys valid, 1 not valid · 0 rows of \
                other tenants · 0 masked values found again · 12 tables compared by content · swapped
                  warning: mind?[2J this
                  left out: role x: is not there""", String.join("\n", Ending.lines(job("SUCCEEDED", "SWAP"), Optional.of(report), PLAIN)));
    }

    @Test
    void ratesComeFromTheLastSecondsAndNeverFallBelowNothing() {
        Rates rates = new Rates();
        TableView early = table("t", State.COPYING, 1000, 9000);
        assertEquals(Map.of(), rates.after(Duration.ofSeconds(1), List.of(early)));
        TableView later = table("t", State.COPYING, 5000, 9000);
        assertEquals(Map.of("t", 2000L), rates.after(Duration.ofSeconds(3), List.of(later)));
        TableView takenBack = table("t", State.COPYING, 0, 9000);
        assertEquals(Map.of("t", 0L), rates.after(Duration.ofSeconds(4), List.of(takenBack)));
    }
}
