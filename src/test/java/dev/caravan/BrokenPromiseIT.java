package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.servers.Login;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServer;
import dev.caravan.servers.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Values that come out as they went in, and documents with places that no path names: counted where the policy lets them be, and the end of the
 * job where it does not.
 */
class BrokenPromiseIT {
    private static final String LETTERS = """
            CREATE TABLE letter AS SELECT l AS a, l AS b, l AS c, l AS d, 'kept' AS e,
                jsonb_build_object('known', 1, CASE l WHEN 'q' THEN 'since Friday' ELSE 'known' END, 2) AS f
              FROM unnest(string_to_array('a b c d e f g h i j k l m n o p q r s t u v w x y z 2 3 4 5 6 7', ' ')) l;
            """;

    /** Cut to one character, a token is its own input once in 32 times. */
    private static final String POLICY = """
            policies:
              promising:
                columns:
                  public.letter.f: {mask: keep, reason: numbers}
                  public.letter.e: {mask: keep, reason: one word}
                  public.letter.a:
                    - {when: {column: e, equals: never}, mask: keep, reason: none is}
                    - {mask: token, maxLength: 1}
                  public.letter.b: {mask: token, maxLength: 1, domain: b}
                  public.letter.c: {mask: token, maxLength: 1, domain: c}
                  public.letter.d: {mask: token, maxLength: 1, domain: d}
              strict:
                columns:
                  public.letter.f: {mask: json, paths: {"$.known": {mask: keep, reason: a number}}, unknown: fail}
                schemas: {public: {mask: keep, reason: letters}}
              choosing:
                columns:
                  public.letter.f: {mask: json, paths: {"$.known": {mask: keep, reason: a number}}}
                  public.letter.e: {mask: keep, reason: one word}
                  public.letter.a: {mask: choice, values: [a, b, c, d, e, f, g, h]}
                  public.letter.b: {mask: choice, values: [a, b, c, d, e, f, g, h], domain: b}
                  public.letter.c: {mask: choice, values: [a, b, c, d, e, f, g, h], domain: c}
                  public.letter.d: {mask: choice, values: [a, b, c, d, e, f, g, h], domain: d}
            """;

    @TempDir
    Path folder;

    @Test
    void anEqualValueOrAnUnknownPlaceFailsTheJobBeforeTheSwapWhereItMust() throws IOException {
        TestServer server = TestServers.target();
        Path policy = folder.resolve("masks.yaml");
        Files.writeString(policy, POLICY);
        System.setProperty("test.promise.key", "00112233445566778899aabbccddeefffedcba98765432100123456789abcdef");
        try (TestDatabase source = TestServers.source().createDatabase("letters");
                TestDatabase target = server.createDatabase("letters_old")) {
            source.run(LETTERS);
            target.run("CREATE TABLE old (id int)");
            try (ServiceUnderTest service = new ServiceUnderTest.Configuration(folder)
                    .source(
                            "from",
                            source,
                            new Login(
                                    TestServers.source().superuser(),
                                    TestServers.source().password()))
                    .target("to", server, target.name(), new Login(server.superuser(), server.password()))
                    .with("caravan.mask.key", "{{sys:test.promise.key}}")
                    .with("caravan.mask.policyFile", policy.toString())
                    .start()) {
                JsonNode failed = service.copy(request("promising"));
                assertEquals("verification-failed", failed.at("/error/code").asText(), failed::toString);
                assertTrue(failed.at("/error/detail").asText().contains("public.letter."), failed::toString);
                assertEquals("0", target.text("SELECT count(*) FROM old"), "the old target is as it was");

                JsonNode unknown = service.copy(request("strict"));
                assertEquals("undecided-columns", unknown.at("/error/code").asText(), unknown::toString);
                assertTrue(
                        unknown.at("/error/detail").asText().contains("public.letter.f (1 of 32)"), unknown::toString);
                assertFalse(unknown.toString().contains("Friday"), "a key is a value too");
                assertEquals("0", target.text("SELECT count(*) FROM old"), "the old target is as it was");

                JsonNode copied = service.copy(request("choosing"));
                assertEquals("SUCCEEDED", copied.path("state").asText(), copied::toString);
                JsonNode report = service.call("GET", copied.at("/links/report").asText(), null);
                long unchanged = 0;
                for (JsonNode column : report.at("/masking/columns")) {
                    unchanged += column.path("unchanged").asLong();
                }
                assertTrue(unchanged > 0, report::toString);
            }
        }
    }

    private static String request(String policy) {
        return "{\"source\": \"from\", \"target\": \"to\", \"mask\": true, \"maskPolicy\": \"" + policy + "\"}";
    }
}
