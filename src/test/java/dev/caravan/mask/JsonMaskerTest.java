package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonMaskerTest {
    private static String json(String unknown, Map<String, ?> paths, String before) {
        ValueMask mask = NumberMasking.mask(
                new JsonMasker(), Map.of("unknown", unknown, "paths", paths, "keys", "words"), ValueKind.JSON);
        return NumberMasking.text(mask, ValueKind.JSON, before);
    }

    @Test
    void whatNoPathNamesIsEmptied() {
        assertEquals(
                "{\"a\":null,\"b\":[null,null],\"c\":1.50,\"d\":{\"e\":null},\"f\":null}",
                json(
                        "null",
                        Map.of("$.c", "keep"),
                        "{\"a\": \"Anna\", \"b\": [1, true], \"c\": 1.50, \"d\": {\"e\": \"x\"}, \"f\": null}"));
    }

    @Test
    void aValueInADocumentBecomesWhatItBecomesInAUniqueColumnOfItsDomain() {
        Map<String, String> values = Map.of("iban", "DE89370400440532013000", "card", "4111111111111111");
        for (String name : List.of("email", "iban", "card", "user-name", "token")) {
            String value = values.getOrDefault(name, "anna@corp.example");
            Masker masker = Maskers.load().find(name).orElseThrow();
            String alone = NumberMasking.text(
                    masker.prepare(NumberMasking.settings(masker, Map.of()), TextColumn.unique(60)), value);
            Map<String, Object> path = Map.of("mask", name, "domain", "test");
            assertEquals("{\"a\":\"" + alone + "\"}", json("null", Map.of("$.a", path), "{\"a\":\"" + value + "\"}"));
        }
    }

    @Test
    void aTextAtAPathIsCutToItsLimit() {
        Map<String, Object> path = Map.of("mask", "token", "maxLength", 5);
        assertTrue(json("null", Map.of("$.a", path), "{\"a\":\"anna\"}").matches("\\{\"a\":\"[a-z2-7]{5}\"}"));
        for (Object odd : List.of(0, "five", 1.5)) {
            assertThrows(
                    MaskRefused.class,
                    () -> json("null", Map.of("$.a", Map.of("mask", "token", "maxLength", odd)), "{}"));
        }
    }

    @Test
    void aKeyThatIsDataIsReplacedAndOneThatAPathSpellsOutStays() {
        String before = "{\"anna@corp.example\":{\"plan\":1},\"4711\":2,\"plain_word\":3,\"x y@z\":4}";
        String after = json("null", Map.of("$.*.plan", "keep", "$[\"x y@z\"]", "keep"), before);
        assertTrue(
                after.matches(
                        "\\{\"key_[0-9a-f]{16}\":\\{\"plan\":1},\"key_[0-9a-f]{16}\":null,\"plain_word\":null,\"x y@z\":4}"),
                after);
        assertEquals(after, json("null", Map.of("$.*.plan", "keep", "$[\"x y@z\"]", "keep"), before));
        assertEquals(before, json("keep", Map.of(), before));
        assertEquals(before, json("null", Map.of("$", "keep"), before));
        ValueMask all = NumberMasking.mask(new JsonMasker(), Map.of(), ValueKind.JSON);
        assertTrue(NumberMasking.text(all, ValueKind.JSON, "{\"word\":1}").matches("\\{\"key_[0-9a-f]{16}\":null}"));
        ValueMask none = NumberMasking.mask(new JsonMasker(), Map.of("keys", "keep"), ValueKind.JSON);
        assertEquals("{\"a@b\":null}", NumberMasking.text(none, ValueKind.JSON, "{\"a@b\":1}"));
    }

    @Test
    void pathsReachKeysElementsAndAnyDepth() {
        String[][] cases = {
            {"$.a.b", "{\"a\":{\"b\":1,\"c\":2}}", "{\"a\":{\"b\":1,\"c\":null}}"},
            {"$.l[*].x", "{\"l\":[{\"x\":1,\"y\":2},3]}", "{\"l\":[{\"x\":1,\"y\":null},null]}"},
            {"$.*", "{\"a\":1,\"b\":[2,{\"c\":3}]}", "{\"a\":1,\"b\":[2,{\"c\":3}]}"},
            {
                "$..e",
                "{\"e\":1,\"a\":{\"e\":2,\"b\":[{\"e\":3,\"f\":4}]}}",
                "{\"e\":1,\"a\":{\"e\":2,\"b\":[{\"e\":3,\"f\":null}]}}"
            },
            {"$[\"odd key\"]", "{\"odd key\":1,\"odd\":2}", "{\"odd key\":1,\"odd\":null}"},
            {"$", "[1,\"x\"]", "[1,\"x\"]"},
            {"$[*]", "[1,[2]]", "[1,[2]]"}
        };
        for (String[] it : cases) {
            assertEquals(it[2], json("null", Map.of(it[0], "keep"), it[1]), it[0]);
        }
    }

    @Test
    void theMoreExactPathHoldsAndParametersReachTheMasker() {
        String after = json(
                "null",
                Map.of("$..id", "integer-id", "$.id", "keep", "$.card", Map.of("mask", "card", "keepFirst", 6)),
                "{\"id\":4711,\"o\":{\"id\":4711},\"card\":\"4111111111111111\"}");
        assertTrue(after.matches("\\{\"id\":4711,\"o\":\\{\"id\":\\d{4}},\"card\":\"411111\\d{10}\"}"), after);
        assertEquals(after.indexOf("4711"), after.lastIndexOf("4711"));
        assertFalse(after.contains("4111111111111111"));
    }

    @Test
    void aFixedTextStandsForAnyScalar() {
        assertEquals(
                "{\"a\":\"none\",\"b\":\"none\",\"c\":\"none\",\"d\":null}",
                json(
                        "null",
                        Map.of("$.*", Map.of("mask", "fixed", "value", "none")),
                        "{\"a\":\"Anna\",\"b\":1.5,\"c\":true,\"d\":null}"));
    }

    @Test
    void whatANestedMaskerCannotReadBecomesNull() {
        assertEquals("{\"card\":null}", json("null", Map.of("$.card", "card"), "{\"card\":\"my secret\"}"));
    }

    @Test
    void unknownPlacesFollowTheirPolicy() {
        String before = "{\"a\":\"Anna\",\"n\":12,\"t\":true}";
        assertEquals(before, json("keep", Map.of(), before));
        assertEquals("<UNREADABLE>", json("fail", Map.of("$.a", "keep"), before));
        assertTrue(json("mask", Map.of(), before).matches("\\{\"a\":\"[0-9a-f]{16}\",\"n\":0,\"t\":false}"));
    }

    @Test
    void whatIsNoJsonIsUnreadable() {
        for (String odd : new String[] {"", "{", "{\"a\":", "Anna", "{\"a\":1} x", "[1,", "{'a':1}"}) {
            assertEquals("<UNREADABLE>", json("keep", Map.of(), odd), odd);
        }
    }

    @Test
    void aWrongPathOrMaskerIsRefused() {
        for (Map<String, ?> paths : java.util.List.of(
                Map.of("a.b", "keep"),
                Map.of("$.a..", "keep"),
                Map.of("$.a", "no-such"),
                Map.of("$.a", "json"),
                Map.of("$.a", Map.of("mask", "card", "keep", 1)))) {
            assertThrows(MaskRefused.class, () -> json("null", paths, "{}"));
        }
    }
}
