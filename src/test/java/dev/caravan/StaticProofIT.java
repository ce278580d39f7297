package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that the target would refuse of a mask is refused before anything is written, all of it in one answer. */
class StaticProofIT {
    private static final String SOURCE = """
            CREATE DOMAIN digits AS text CHECK (VALUE ~ '^[0-9]+$');
            CREATE DOMAIN few AS varchar(3)[] CHECK (cardinality(VALUE) < 5);
            CREATE TABLE written (id int PRIMARY KEY, span interval, document xml, price numeric(4,2), code digits, tags few, flags bit(3), file bytea);
            INSERT INTO written VALUES (1, '1 day', '<a/>', 1.5, '12', '{a,b}', '101', '\\x00');
            CREATE TABLE reach (id int PRIMARY KEY, mail text, phone text, CONSTRAINT reachable CHECK (mail IS NOT NULL OR phone IS NOT NULL));
            INSERT INTO reach VALUES (1, 'a@corp.example', '1');
            CREATE TABLE account (id int PRIMARY KEY, login text, state text, room text, during tsrange,
              EXCLUDE USING gist (during WITH &&) WHERE (state <> 'void'));
            CREATE TABLE listed (kind text, day date) PARTITION BY LIST (kind);
            CREATE TABLE listed_in PARTITION OF listed FOR VALUES IN ('in', NULL);
            CREATE TABLE listed_out PARTITION OF listed FOR VALUES IN ('out') PARTITION BY RANGE (day);
            CREATE TABLE listed_out_old PARTITION OF listed_out FOR VALUES FROM (MINVALUE) TO ('2020-01-01');
            INSERT INTO listed VALUES ('in', '2021-01-01'), ('out', '2019-01-01'), (NULL, NULL);
            CREATE TABLE hashed (number int) PARTITION BY HASH (number);
            CREATE TABLE hashed_all PARTITION OF hashed FOR VALUES WITH (MODULUS 1, REMAINDER 0);
            INSERT INTO hashed VALUES (1), (2);
            CREATE TABLE computed (id int PRIMARY KEY, code text, number int GENERATED ALWAYS AS (code::int) STORED,
              first text, last text, whole text NOT NULL GENERATED ALWAYS AS (first || ' ' || last) STORED,
              city text, short varchar(4) GENERATED ALWAYS AS (city || '!') STORED);
            INSERT INTO computed VALUES (1, '12', DEFAULT, 'A', 'B', DEFAULT, 'x', DEFAULT);
            CREATE UNIQUE INDEX account_start ON account ("left"(login, 3));
            CREATE UNIQUE INDEX account_open ON account (room) WHERE state = 'open';
            INSERT INTO account VALUES (1, 'abc', 'open', 'a', '[2020-01-01,2020-01-02)');
            """;

    private static final String POLICY = """
            policies:
              wrong:
                columns:
                  "*.*.id": {mask: keep, reason: no person}
                  public.written.span: {mask: fixed, value: nonsense-value}
                  public.written.document: {mask: fixed, value: "R&D <"}
                  public.written.price: {mask: choice, values: ["99.99", "-99.995"]}
                  public.written.code: {mask: fixed, value: none}
                  public.written.tags: {mask: fixed, value: long}
                  public.written.flags: {mask: choice, values: ["101", "1010"]}
                  public.written.file: {mask: fixed, value: '\\x0'}
                  public.reach.mail: null
                  public.reach.phone: null
                  public.listed.kind: {mask: choice, values: [in, elsewhere]}
                  public.listed.day: null
                  public.hashed.number: {mask: number-random, min: 1, max: 9}
                  public.computed.code: {mask: fixed, value: twelve}
                  public.computed.first: null
                  public.computed.last: null
                  public.computed.city: {mask: fixed, value: Rome}
                  public.account.login: token
                  public.account.state: token
                  public.account.room: {mask: keep, reason: a room}
                  public.account.during: {mask: keep, reason: a time}
              right:
                columns: &right
                  "*.*.id": {mask: keep, reason: no person}
                  public.written.span: {mask: fixed, value: 1 mon}
                  public.written.document: {mask: fixed, value: "R&amp;D"}
                  public.written.price: {mask: choice, values: ["99.99"]}
                  public.written.code: {mask: fixed, value: "0"}
                  public.written.tags: {mask: fixed, value: abc}
                  public.written.flags: {mask: choice, values: ["101", "110"]}
                  public.written.file: {mask: fixed, value: '\\x6869'}
                  public.reach.mail: {mask: fixed, value: x@example.com}
                  public.reach.phone: null
                  public.listed.kind: {mask: choice, values: [in, out]}
                  public.listed.day: {mask: choice, values: ["2010-01-01", "2019-12-31"]}
                  public.hashed.number: {mask: number-random, min: 1, max: 9}
                  public.computed.code: {mask: choice, values: ["0", "7"]}
                  public.computed.first: first-name
                  public.computed.last: last-name
                  public.computed.city: {mask: fixed, value: Ulm}
                  public.account.login: {mask: keep, reason: a sign}
                  public.account.state: {mask: keep, reason: a word}
                  public.account.room: token
                  public.account.during: {mask: keep, reason: a time}
            """;

    @TempDir
    private static Path folder;

    private static FromTo all;

    @BeforeAll
    static void start() throws IOException {
        System.setProperty("test.proof.key", "0123456789abcdef0123456789abcdef");
        all = FromTo.start(folder, "staticproof", SOURCE, POLICY, Map.of("caravan.mask.key", "{{sys:test.proof.key}}"));
        all.target().run("CREATE TABLE old (id int); INSERT INTO old VALUES (7)");
    }

    @AfterAll
    static void stop() {
        all.close();
    }

    private static JsonNode error(String policy) {
        JsonNode job = all.copy("\"mask\":true,\"maskPolicy\":\"" + policy + "\"");
        assertEquals("FAILED", job.path("state").asText(), job::toString);
        assertEquals("7", all.target().text("SELECT id FROM old"), "nothing was written");
        assertEquals(
                "0",
                all.target()
                        .text("SELECT count(*) FROM pg_database WHERE datname LIKE '"
                                + all.target().name() + "_c%'"),
                "no staging database either");
        return job.path("error");
    }

    private static Map<String, String> problems(JsonNode error) {
        Map<String, String> problems = new TreeMap<>();
        error.path("errors")
                .forEach(one -> problems.put(
                        one.path("table").asText() + "." + one.path("column").asText(),
                        one.path("code").asText()));
        return problems;
    }

    @Test
    void everyProblemIsInOneAnswer() {
        JsonNode error = error("wrong");
        assertEquals("mask-refused", error.path("code").asText(), error::toString);
        Map<String, String> expected = new TreeMap<>();
        for (String column : "span document price code tags flags file".split(" ")) {
            expected.put("public.written." + column, "mask-refused");
        }
        expected.put("public.reach.mail", "mask-refused");
        expected.put("public.listed.kind", "mask-refused");
        expected.put("public.listed_out.day", "mask-refused");
        expected.put("public.computed.code", "mask-refused");
        expected.put("public.computed.first", "mask-refused");
        expected.put("public.computed.city", "mask-refused");
        expected.put("public.account.login", "mask-not-unique");
        expected.put("public.account.state", "mask-not-unique");
        assertEquals(expected, problems(error), error::toString);
        assertFalse(error.toString().contains("nonsense-value"), error::toString);
        assertTrue(error.toString().contains("reachable"), error::toString);
    }

    @Test
    void aPlanTellsTheSame() {
        JsonNode plan = all.service()
                .call(
                        "POST",
                        "/api/v1/plans",
                        "{\"source\":\"from\",\"target\":\"to\",\"mask\":true,\"maskPolicy\":\"wrong\"}");
        assertEquals(problems(error("wrong")), problems(plan), plan::toString);
    }

    @Test
    void aPreviewTellsWhatIsWrongWithItsTable() {
        for (String table : List.of("public.written", "public.listed_in")) {
            JsonNode preview = all.service()
                    .call(
                            "POST",
                            "/api/v1/mask-previews",
                            "{\"source\":\"from\",\"maskPolicy\":\"wrong\",\"table\":\"" + table + "\"}");
            assertEquals("mask-refused", preview.path("code").asText(), preview::toString);
        }
    }

    @Test
    void whatNoRowComesToIsOfNoAccount() {
        JsonNode job = all.copy("\"mask\":true,\"maskPolicy\":\"wrong\",\"tables\":{\"schemaOnly\":[\"public.*\"]},"
                + "\"masks\":{\"public.written\":{\"price\":\"null\",\"tags\":\"null\",\"file\":\"null\"}}");
        assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
        all.target().run("CREATE TABLE old (id int); INSERT INTO old VALUES (7)");
    }

    @Test
    void whatTheSourceTakesArrives() {
        JsonNode job = all.copy("\"mask\":true,\"maskPolicy\":\"right\"");
        assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
        List<String> unproven = new ArrayList<>();
        all.service()
                .call("GET", job.at("/links/report").asText(), null)
                .path("warnings")
                .forEach(warning -> unproven.add(warning.asText()));
        unproven.removeIf(warning -> !warning.contains("masked"));
        // How many elements an array has, and whether an address was NULL before, nobody can know.
        assertEquals(2, unproven.size(), unproven::toString);
        assertTrue(unproven.get(0).contains("public.written.tags"), unproven::toString);
        assertTrue(unproven.get(1).contains("reachable"), unproven::toString);
        assertEquals(
                "1 mon|R&amp;D|99.99|0|{abc,abc}|hi",
                all.target()
                        .text(
                                "SELECT concat_ws('|', span, document, price, code, tags, convert_from(file, 'UTF8')) FROM written"));
        all.target().run("CREATE TABLE old (id int); INSERT INTO old VALUES (7)");
    }
}
