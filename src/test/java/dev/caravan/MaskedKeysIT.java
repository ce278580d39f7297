package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.mask.Masker;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key that masking has broken fails the job; one that the source's own rows violate is what the request makes of it. */
class MaskedKeysIT {
    private static final String SOURCE = """
            CREATE TABLE customer (code text PRIMARY KEY);
            CREATE TABLE visit (id int PRIMARY KEY, code text REFERENCES customer);
            INSERT INTO customer VALUES ('a'), ('b');
            INSERT INTO visit VALUES (1, 'a'), (2, 'b');
            CREATE TABLE place (town text PRIMARY KEY);
            CREATE TABLE stay (id int PRIMARY KEY, town text);
            INSERT INTO place VALUES ('x'), ('y');
            INSERT INTO stay VALUES (1, 'x'), (2, 'y'), (3, 'z');
            CREATE EXTENSION postgres_fdw;
            CREATE SERVER elsewhere FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'elsewhere.invalid', port '1');
            CREATE TABLE far (id serial) PARTITION BY RANGE (id);
            CREATE TABLE far_here PARTITION OF far FOR VALUES FROM (1) TO (100);
            CREATE FOREIGN TABLE far_there PARTITION OF far FOR VALUES FROM (100) TO (200) SERVER elsewhere;
            CREATE TABLE near (id int PRIMARY KEY);
            INSERT INTO far VALUES (1), (2);
            INSERT INTO near VALUES (1), (150);
            """;

    private static final String POLICY = """
            policies:
              broken:
                columns:
                  "*.*.id": {mask: keep, reason: no person}
                  public.customer.code: forgetful
                  "*.*.town": {mask: keep, reason: no person}
              whole:
                columns:
                  "*.*.id": {mask: keep, reason: no person}
                  public.customer.code: token
                  "*.*.town": {mask: keep, reason: no person}
              elsewhere:
                virtualKeys:
                  - {from: public.near.id, to: public.far.id}
                columns:
                  "*.*.id": {mask: keep, reason: no person}
                  public.customer.code: token
                  "*.*.town": {mask: keep, reason: no person}
              virtual:
                virtualKeys:
                  - {from: public.stay.town, to: public.place.town}
                columns:
                  "*.*.id": {mask: keep, reason: no person}
                  public.customer.code: {mask: keep, reason: no person}
                  public.place.town: forgetful
            """;

    @TempDir
    private static Path folder;

    private static FromTo all;

    @BeforeAll
    static void start() throws IOException {
        System.setProperty("test.keys.key", "0123456789abcdef0123456789abcdef");
        Path services = Files.createDirectories(folder.resolve("jar/META-INF/services"));
        Files.writeString(services.resolve(Masker.class.getName()), ForgetfulMasker.class.getName());
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader jar =
                new URLClassLoader(new URL[] {folder.resolve("jar").toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(jar);
            all = FromTo.start(
                    folder, "maskedkeys", SOURCE, POLICY, Map.of("caravan.mask.key", "{{sys:test.keys.key}}"));
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @AfterAll
    static void stop() {
        all.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOT_VALID", "DROP", "FAIL"})
    void aKeyThatMaskingBreaksFailsTheJob(String onViolatedKey) {
        JsonNode job = all.copy("\"mask\":true,\"maskPolicy\":\"broken\",\"onViolatedKey\":\"" + onViolatedKey + "\"");
        assertEquals("FAILED", job.path("state").asText(), job::toString);
        assertEquals("verification-failed", job.path("error").path("code").asText(), job::toString);
        String detail = job.path("error").path("detail").asText();
        assertTrue(
                detail.contains(
                        "visit_code_fkey of public.visit does not hold for masked values: 2 rows reference nothing by code, in the source 0"),
                detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOT_VALID", "DROP", "FAIL"})
    void aVirtualKeyThatMaskingBreaksFailsTheJob(String onViolatedKey) {
        JsonNode job = all.copy("\"mask\":true,\"maskPolicy\":\"virtual\",\"onViolatedKey\":\"" + onViolatedKey + "\"");
        assertEquals("verification-failed", job.path("error").path("code").asText(), job::toString);
        String detail = job.path("error").path("detail").asText();
        assertTrue(
                detail.contains(
                        "to public.place does not hold in the new database: 3 rows reference nothing by town, in the source 1 of the same rows"),
                detail);
    }

    @Test
    void partitionsOnOtherServersAreNotAsked() {
        JsonNode job = all.copy("\"mask\":true,\"maskPolicy\":\"elsewhere\",\"onViolatedKey\":\"DROP\"");
        assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
        assertEquals(
                "2 3", all.target().text("SELECT concat_ws(' ', (SELECT count(*) FROM near), nextval('far_id_seq'))"));
        assertTrue(
                all.service()
                        .call("GET", job.at("/links/report").asText(), null)
                        .path("warnings")
                        .toString()
                        .contains("of public.near to public.far was not looked at"),
                job::toString);
    }

    @Test
    void aKeyThatTheSourceViolatesIsWhatTheRequestMakesOfIt() {
        all.source().run("SET session_replication_role = replica; INSERT INTO visit VALUES (3, 'c')");
        try {
            JsonNode job = all.copy("\"mask\":true,\"maskPolicy\":\"whole\"");
            assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
            assertEquals("f", all.target().text("SELECT convalidated FROM pg_constraint WHERE contype = 'f'"));
            assertEquals("2", all.target().text("SELECT count(*) FROM visit JOIN customer USING (code)"));
        } finally {
            all.source().run("DELETE FROM visit WHERE id = 3");
        }
    }
}
