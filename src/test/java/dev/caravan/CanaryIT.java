package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.scenario.Canaries;
import dev.caravan.servers.Login;
import dev.caravan.servers.OwnServer;
import dev.caravan.servers.Programs;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand canaries in columns of every kind, a masked copy by a process of its own, and then a search for them wherever bytes could have gone: the
 * target's files and its write-ahead log, its dump, our output, answers, metrics, beans and files; also when the process was killed in the middle.
 */
class CanaryIT {
    private static final String ROWS = """
            CREATE EXTENSION IF NOT EXISTS citext;
            CREATE EXTENSION IF NOT EXISTS hstore;
            CREATE DOMAIN mail AS varchar(80) CHECK (value LIKE '%@%');
            CREATE TYPE pair AS (one text, two text);
            CREATE TABLE bird (
              id int PRIMARY KEY, t text, v varchar(60) NOT NULL, c char(40), ci citext UNIQUE, m mail, j jsonb, js json, a text[], b bytea, x xml, h hstore, p pair,
              slow text CHECK (public.written(slow)), initial text GENERATED ALWAYS AS (left(t, 20)) STORED);
            CREATE TABLE nest (id int PRIMARY KEY, bird citext REFERENCES bird (ci), note text);
            INSERT INTO bird SELECT i, 'zyxcanary-t-' || i, 'zyxcanary-v-' || i, 'zyxcanary-c-' || i, 'ZyxCanary-ci-' || i, 'zyxcanary-m' || i || '@corp.example',
              jsonb_build_object('k', 'zyxcanary-j-' || i, 'zyxcanary-key-' || i, 1, 'deep', jsonb_build_array(jsonb_build_object('z', 'zyxcanary-d-' || i))),
              json_build_object('k', 'zyxcanary-js-' || i), ARRAY['zyxcanary-a-' || i, 'x'], convert_to('zyxcanary-b-' || i, 'UTF8'),
              xmlparse(CONTENT '<a>zyxcanary-x-' || i || '</a>'), hstore('k', 'zyxcanary-h-' || i), ROW('zyxcanary-p-' || i, 'q')::pair, 'zyxcanary-s-' || i
              FROM generate_series(1, 80) i;
            INSERT INTO nest SELECT i, 'ZyxCanary-ci-' || i, E'a\\tzyxcanary-n-' || i || E'\\nend' FROM generate_series(1, 80) i;
            CREATE MATERIALIZED VIEW seen AS SELECT t, note FROM bird JOIN nest ON bird = ci;
            ANALYZE;
            """;
    private static final String POLICY = """
            policies:
              default:
                columns:
                  public.*.id: {mask: keep, reason: surrogate key}
                  public.bird.t: token
                  public.bird.v: full-name
                  public.bird.c: token
                  public.bird.ci: token
                  public.bird.m: email
                  public.bird.j: {mask: json, paths: {"$.k": token}, unknown: mask}
                  public.bird.js: json
                  public.bird.a: token
                  public.bird.b: bytes
                  public.bird.x: {mask: fixed, value: <a/>}
                  public.bird.h: null
                  public.bird.p: null
                  public.bird.slow: token
                  public.nest.note: token
            """;

    @TempDir
    Path folder;

    private OwnServer target;
    private TestDatabase source;
    private ServiceUnderTest.Configuration configuration;

    @BeforeEach
    void start() throws IOException {
        target = OwnServer.start();
        source = TestServers.source().createDatabase("canaries");
        source.run(Trials.SLOW_ROWS + "TRUNCATE item;" + ROWS);
        Path policy = folder.resolve("masks.yaml");
        Files.writeString(policy, POLICY + "      public.item.*: {mask: keep, reason: nothing personal}\n");
        System.setProperty("test.canary.key", "00112233445566778899aabbccddeefffedcba98765432100123456789abcdef");
        configuration = new ServiceUnderTest.Configuration(folder)
                .source(
                        "from",
                        source,
                        new Login(
                                TestServers.source().superuser(),
                                TestServers.source().password()))
                .target(
                        "to",
                        target.server(),
                        "cage",
                        new Login(target.server().superuser(), target.server().password()))
                .with("caravan.lease.duration", "6s")
                .with("caravan.lease.renewal", "2s")
                .with("caravan.repair.period", "1s")
                .with("caravan.mask.key", "{{sys:test.canary.key}}")
                .with("caravan.mask.policyFile", policy.toString());
    }

    @AfterEach
    void stop() {
        target.close();
        source.close();
    }

    @Test
    void noCanaryIsAnywhereAfterACopy() throws Exception {
        long canaries = Long.parseLong(source.text(
                "SELECT sum((length(it) - length(replace(it, 'zyxcanary', ''))) / 9) FROM (SELECT lower(bird::text) AS it FROM bird UNION ALL"
                        + " SELECT lower(nest::text) FROM nest) rows"));
        assertTrue(canaries >= 1000, "there are " + canaries);
        try (ServiceProcess service = ServiceProcess.start(folder, configuration)) {
            String id = service.create("{\"source\": \"from\", \"target\": \"to\", \"mask\": true}");
            JsonNode job = service.end(id);
            assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
            assertEquals("80", new TestDatabase(target.server(), "cage").text("SELECT count(*) FROM seen"));
            String answers = answers(service, id);
            assertTrue(
                    answers.contains("policyVersion") && answers.contains("caravan_jobs"), "the answers were not had");
            assertEquals("", around(answers));
        }
        String dump = Programs.run(
                "pg_dumpall", "--host=127.0.0.1", "--port=" + target.server().port(), "--username=postgres");
        assertTrue(dump.contains("CREATE MATERIALIZED VIEW public.seen"), "the dump is not whole");
        assertEquals("", around(dump));
        assertEquals(List.of(), filesWithCanaries());
    }

    @Test
    void noCanaryIsAnywhereAfterAKill() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(folder, configuration)) {
            String id = service.create("{\"source\": \"from\", \"target\": \"to\", \"mask\": true}");
            Trials.awaitSession(target.server(), id, "query LIKE 'COPY %bird%' AND state = 'active'");
            assertEquals("", around(answers(service, id)));
            assertEquals(List.of(), filesWithCanaries());
        }
        assertEquals(List.of(), filesWithCanaries());
    }

    /** Where the first canary sits; an empty text when there is none. */
    private static String around(String text) {
        int at = text.toLowerCase(Locale.ROOT).indexOf(Canaries.WORD);
        return at < 0 ? "" : text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 100));
    }

    /** Everything that the service says of the job, and of itself. */
    private static String answers(ServiceProcess service, String id) throws Exception {
        String job = "/api/v1/copy-jobs/" + id;
        StringBuilder all = new StringBuilder();
        for (String path : List.of(
                job,
                job + "/tables",
                job + "/events",
                job + "/report",
                "/api/v1/copy-jobs",
                "/api/v1/audit-events",
                "/api/v1/mask-policies",
                "/api/v1/connections")) {
            all.append(service.send("GET", path, null));
        }
        all.append(service.manage("GET", "/observe/metrics", null));
        all.append(service.manage("GET", "/observe/health", null));
        for (String beans : List.of("org.apache.camel:*", "dev.caravan:*", "java.lang:*", "com.zaxxer.hikari:*")) {
            all.append(service.manage("POST", "/hawtio/jolokia", "{\"type\": \"read\", \"mbean\": \"" + beans + "\"}"));
        }
        return all.toString();
    }

    /** Files of the target's server, its log ahead among them, and of ours; the store and the output too. */
    private List<String> filesWithCanaries() throws IOException {
        new TestDatabase(target.server(), "postgres").execute("CHECKPOINT");
        List<String> found = new ArrayList<>(Canaries.in(target.data()));
        found.addAll(Canaries.in(folder));
        return found;
    }
}
