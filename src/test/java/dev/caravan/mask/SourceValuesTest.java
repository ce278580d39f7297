package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which values are gathered, and where they are found again. */
class SourceValuesTest {
    private final SourceValues values = new SourceValues(List.of(
            new SourceValues.Source("email", false, false),
            new SourceValues.Source("name", true, false),
            new SourceValues.Source("aliases", false, true)));

    private void gather(String column, String value) {
        values.gatherer(column).seen(value.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> found(String text, boolean kept) {
        List<String> found = new ArrayList<>();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        TextSearch search = new TextSearch(values);
        search.look(bytes, 0, bytes.length, true, kept, "here");
        search.found().forEach((column, where, count) -> {
            assertEquals("here", where);
            found.addAll(Collections.nCopies((int) count, column));
        });
        return found;
    }

    @Test
    void aValueIsFoundWhereverItStands() {
        gather("email", "anna.7@corp.example");
        for (String text : List.of(
                "anna.7@corp.example",
                "ANNA.7@Corp.Example",
                "write to anna.7@corp.example.",
                "<anna.7@corp.example>",
                "{\"mail\": \"anna.7@corp.example\", \"n\": 1}",
                "{x,\"anna.7@corp.example\",y}",
                "\"mail\"=>\"anna.7@corp.example\"",
                "first line\\nanna.7@corp.example\\tnext",
                "mailto:anna.7@corp.example")) {
            assertEquals(List.of("email"), found(text, false), text);
        }
        assertEquals(List.of(), found("anna.8@corp.example", false));
        assertEquals(List.of(), found("banna.7@corp.example", false));
    }

    @Test
    void theShortestTextThatCanHoldAValueIsAsLongAsTheShortestValue() {
        gather("email", "anna.7@corp.example");
        gather("name", "Maria  da Silva 9");
        assertEquals("Maria da Silva 9".length(), values.shortest());
        assertEquals(List.of("name"), found("Maria da Silva 9", true));
    }

    @Test
    void aValueIsRareInItsOwnColumnHoweverOftenAnotherTableHasIt() {
        SourceValues keys = new SourceValues(List.of(
                new SourceValues.Source("public.call.email", false, false),
                new SourceValues.Source("public.customer.email", false, false),
                new SourceValues.Source("public.order.email", false, false)));
        byte[] value = "anna.7@corp.example".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 9; i++) {
            keys.gatherer("public.call.email").seen(value);
        }
        TextSearch before = new TextSearch(keys);
        before.look("anna.7@corp.example", "here");
        assertFalse(hit(before), "common");
        keys.gatherer("public.customer.email").seen(value);
        for (int i = 0; i < 9; i++) {
            keys.gatherer("public.order.email").seen(value);
        }
        TextSearch after = new TextSearch(keys);
        after.look("anna.7@corp.example", "here");
        assertTrue(hit(after), "rare in one");
    }

    private static boolean hit(TextSearch search) {
        List<String> hits = new ArrayList<>();
        search.found().forEach((column, where, count) -> hits.add(column));
        return !hits.isEmpty();
    }

    @Test
    void eachElementOfAnArrayIsAValue() {
        gather("aliases", "{\"Maria da Silva 9\",NULL,anna.7@corp.example}");
        assertEquals(2, values.size());
        assertEquals(List.of("aliases"), found("Maria da Silva 9", false));
        assertEquals(List.of("aliases"), found("anna.7@corp.example", false));
    }

    @Test
    void severalWordsAreFoundAsTheyFollowEachOther() {
        gather("name", "Maria da Silva 9");
        assertEquals(List.of("name"), found("called Maria da Silva 9 today", true));
        assertEquals(List.of("name"), found("(maria  da silva 9)", true));
        assertEquals(List.of(), found("Maria Silva 9 da", true));
        assertEquals(List.of(), found("Maria da", true));
    }

    @Test
    void whatADictionaryMayGiveAgainIsOnlyLookedForWhereNothingWasMasked() {
        gather("name", "Maria da Silva");
        assertEquals(List.of("name"), found("Maria da Silva", true));
        assertEquals(List.of(), found("Maria da Silva", false));
    }

    @Test
    void whatIsShortOrAWordOrCommonIsNobodysOwn() {
        gather("email", "a@b.c");
        gather("email", "Hamburg-Altona");
        gather("email", "aaaaaaaa 1");
        gather("email", "one two three four five");
        for (int i = 0; i < 5; i++) {
            gather("email", "info@corp.example");
        }
        for (String text :
                List.of("a@b.c", "Hamburg-Altona", "aaaaaaaa 1", "one two three four five", "info@corp.example")) {
            assertEquals(List.of(), found(text, true), text);
        }
    }

    @Test
    void aColumnGivesNoMoreThanItsShare() {
        for (int i = 0; i < SourceValues.MOST_PER_COLUMN + 1_000; i++) {
            gather("email", "person" + i + "@corp.example");
        }
        assertEquals(SourceValues.MOST_PER_COLUMN, values.size());
        assertTrue(values.gatherer("email").enough());
        assertFalse(values.gatherer("name").enough());
    }

    @Test
    void manyColumnsShareABoundedMemory() {
        List<SourceValues.Source> sources = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            sources.add(new SourceValues.Source("c" + i, false, false));
        }
        SourceValues many = new SourceValues(sources);
        for (int i = 0; i < 5_000; i++) {
            many.gatherer("c0").seen(("person" + i + "@corp.example").getBytes(StandardCharsets.UTF_8));
        }
        assertEquals((1 << 20) / 500, many.size());
    }
}
