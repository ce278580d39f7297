package dev.caravan.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A problem tells each fact once. */
class RefusalTest {
    private static Map<String, String> more(String detail, String... faults) {
        List<Map<String, String>> errors =
                List.of(faults).stream().map(fault -> Map.of("detail", fault)).toList();
        JsonNode problem = CopyService.JSON.valueToTree(Map.of("detail", detail, "code", "x", "errors", errors));
        return Refusal.of(problem).more();
    }

    @Test
    void theOnlyFaultThatTheDetailEndsWithIsNotListed() {
        assertEquals(Map.of(), more("Nobody has decided.", "Nobody has decided."));
        assertEquals(
                Map.of(), more("1 problem with the masks: public.a.b. Nobody has decided.", "Nobody has decided."));
    }

    @Test
    void otherFaultsAreListed() {
        assertEquals(Map.of("errors", "It is."), more("The request is wrong.", "It is."));
        assertEquals(Map.of("errors", "One.\nTwo."), more("2 problems. One.", "One.", "Two."));
    }
}
