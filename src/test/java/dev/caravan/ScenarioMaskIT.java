package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.scenario.Canaries;
import dev.caravan.scenario.Scenario;
import dev.caravan.servers.Login;
import dev.caravan.servers.OwnServer;
import dev.caravan.servers.Programs;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestResources;
import dev.caravan.servers.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.TestAbortedException;

/** Each hard database with canaries in whatever column can hold one, copied masked, keys too: none arrives, and every key holds as it did. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScenarioMaskIT {
    private static final Map<Scenario, TestDatabase> SOURCES =
            new TreeMap<>((a, b) -> a.name().compareTo(b.name()));
    /** A masked key may lead a row to another partition: only the whole keeps its number. */
    private static final String ROWS = """
            SELECT string_agg(whole || ' ' || rows, ', ' ORDER BY whole COLLATE "C") FROM (
              SELECT coalesce(pg_partition_root(c.oid), c.oid)::regclass::text AS whole, sum((xpath('/row/n/text()', query_to_xml(format(
                'SELECT count(*) AS n FROM ONLY %s', c.oid::regclass), false, true, '')))[1]::text::bigint) AS rows
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE c.relkind = 'r' AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' GROUP BY 1) counted""";

    private static final String KEYS_THAT_DO_NOT_HOLD =
            "SELECT coalesce(string_agg(conname, E'\n' ORDER BY conname), '') FROM pg_constraint WHERE contype = 'f' AND NOT convalidated";
    private static long planted;
    private static TestDatabase sample;
    private static OwnServer target;
    private static ServiceUnderTest service;

    @TempDir
    static Path folder;

    @BeforeAll
    static void loadAll() throws IOException {
        target = OwnServer.start();
        Scenario.createRoles(target.server());
        StringBuilder policies = new StringBuilder("policies:\n");
        ServiceUnderTest.Configuration configuration = new ServiceUnderTest.Configuration(folder);
        Scenario.all().forEach(scenario -> {
            try {
                TestDatabase source = scenario.load(TestServers.source());
                SOURCES.put(scenario, source);
                Canaries.plant(source);
                policies.append(scenario.maskPolicy().indent(2));
                configuration.source(
                        "from-" + scenario.name(),
                        source,
                        new Login(
                                TestServers.source().superuser(),
                                TestServers.source().password()));
                configuration.target(
                        "to-" + scenario.name(),
                        target.server(),
                        source.name(),
                        new Login(target.server().superuser(), target.server().password()));
            } catch (TestAbortedException e) {
                // The server is too old for this one; its test skips.
            }
        });
        sample = TestServers.source().createDatabase("sample");
        sample.run(TestResources.text("/demo/source.sql"));
        Canaries.plant(sample);
        policies.append(
                "  sample: {onUndecided: default-masker, largeObjects: skip, columns: {public.event*.happened_at: {mask: keep, reason: partition key}},"
                        + " types: {numeric: {mask: keep, reason: amounts}, int4: {mask: keep, reason: amounts and keys}}}\n");
        configuration.source(
                "from-sample",
                sample,
                new Login(TestServers.source().superuser(), TestServers.source().password()));
        configuration.target(
                "to-sample",
                target.server(),
                sample.name(),
                new Login(target.server().superuser(), target.server().password()));
        Path policy = folder.resolve("masks.yaml");
        Files.writeString(policy, policies);
        System.setProperty("test.canary.key", "00112233445566778899aabbccddeefffedcba98765432100123456789abcdef");
        service = configuration
                .with("caravan.mask.key", "{{sys:test.canary.key}}")
                .with("caravan.mask.policyFile", policy.toString())
                .start();
    }

    @AfterAll
    static void dropAll() {
        service.close();
        SOURCES.values().forEach(TestDatabase::close);
        sample.close();
        target.close();
    }

    @ParameterizedTest
    @MethodSource("dev.caravan.scenario.Scenario#all")
    @Order(1)
    void noCanaryArrivesAndEveryKeyHolds(Scenario scenario) {
        TestDatabase source = SOURCES.get(scenario);
        Assumptions.assumeTrue(source != null, "the server is too old for this scenario");
        copiedMasked(scenario.name(), source);
    }

    @Test
    @Order(1)
    void noCanaryOfTheSampleDatabaseArrives() {
        copiedMasked("sample", sample);
    }

    private static void copiedMasked(String name, TestDatabase source) {
        planted += Canaries.in(source);
        JsonNode job = service.copy("{\"source\":\"from-" + name + "\",\"target\":\"to-" + name
                + "\",\"mask\":true,\"maskPolicy\":\"" + name + "\"}");
        Assumptions.assumeFalse(
                job.at("/error/code").asText().equals("extension-missing"), "the target's server lacks an extension");
        assertEquals("SUCCEEDED", job.get("state").asText(), job::toString);
        TestDatabase copy = new TestDatabase(target.server(), source.name());
        assertEquals(0, Canaries.in(copy));
        assertEquals(source.text(ROWS), copy.text(ROWS));
        String warnings = service.call("GET", job.at("/links/report").asText(), null)
                .get("warnings")
                .toString();
        assertEquals(
                "",
                copy.text(KEYS_THAT_DO_NOT_HOLD)
                        .lines()
                        .filter(key -> !source.text(KEYS_THAT_DO_NOT_HOLD).contains(key) && !warnings.contains(key))
                        .collect(Collectors.joining(", ")));
        String dump = Programs.run(
                "pg_dump",
                "--host=127.0.0.1",
                "--port=" + target.server().port(),
                "--username=postgres",
                "--dbname=" + source.name());
        assertFalse(dump.contains(Canaries.WORD), "a canary is in the dump");
    }

    @Test
    @Order(2)
    void noCanaryIsInTheTargetsFilesOrItsLog() throws IOException {
        assertTrue(planted > 3_000, "only " + planted + " rows had canaries");
        new TestDatabase(target.server(), "postgres").execute("CHECKPOINT");
        assertEquals(List.of(), Canaries.in(target.data()));
        assertEquals(List.of(), Canaries.in(folder));
    }
}
