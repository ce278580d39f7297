package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestMasksTest {
    private static final Maskers MASKERS = Maskers.load();

    @Test
    void shortAndLongFormsBecomeDecisions() {
        List<String> faults = new ArrayList<>();
        List<MaskPolicy.Entry> entries = RequestMasks.parse(
                Map.of("public.\"odd.table\"", Map.of("id", Map.of("mask", "keep", "reason", "a key"))),
                MASKERS,
                faults);
        assertEquals(List.of(), faults);
        assertEquals(
                List.of(new MaskPolicy.Entry(
                        new ColumnPattern("public", "odd.table", "id"), ColumnDecision.keep("a key", "the request"))),
                entries);
        assertEquals(
                "null",
                RequestMasks.parse(Map.of("a.b", Map.of("c", "null")), MASKERS, faults)
                        .get(0)
                        .decision()
                        .rules()
                        .get(0)
                        .masker());
    }

    @Test
    void everyFaultNamesItsColumn() {
        for (Map.Entry<String, Map<String, Object>> wrong : Map.<String, Map<String, Object>>of(
                        "a.b.c: there is no masker", Map.of("a.b", Map.of("c", "nul")),
                        "a.b.c: keep needs a reason", Map.of("a.b", Map.of("c", "keep")),
                        "a.*: a table is named", Map.of("a.*", Map.of("c", "null")),
                        "b: a table is named", Map.of("b", Map.of("c", "null")),
                        "a.b.*: a column is named", Map.of("a.b", Map.of("*", "null")),
                        "a.b: must map columns", Map.of("a.b", "null"))
                .entrySet()) {
            List<String> faults = new ArrayList<>();
            assertEquals(List.of(), RequestMasks.parse(wrong.getValue(), MASKERS, faults));
            assertEquals(1, faults.size());
            assertTrue(faults.get(0).startsWith(wrong.getKey()), faults.get(0));
        }
    }
}
