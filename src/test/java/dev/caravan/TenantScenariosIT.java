package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.job.Json;
import dev.caravan.servers.Login;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServer;
import dev.caravan.servers.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Small databases, a folder each: what is in it, what the policy says, what is asked for, and which rows must come. The latter is written by
 * hand from what the data mean; every table must be there and no other.
 */
class TenantScenariosIT {
    private static final Path FOLDERS = Path.of("src/test/resources/tenant-scenarios");

    private static final String TABLES =
            "SELECT string_agg(CASE WHEN n.nspname <> 'public' THEN n.nspname || '.' ELSE '' END || relname || '|' || relkind::text, ',')"
                    + " FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
                    + " WHERE relkind IN ('r', 'p') AND NOT relispartition AND n.nspname NOT IN ('pg_catalog', 'information_schema')";

    @TempDir
    private static Path folder;

    private static final Map<String, TestDatabase> SOURCES = new LinkedHashMap<>();
    private static final Map<String, TestDatabase> TARGETS = new LinkedHashMap<>();
    private static final Map<String, String> JOBS = new LinkedHashMap<>();
    private static ServiceUnderTest service;

    static List<String> scenarios() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDERS)) {
            return folders.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @BeforeAll
    static void start() throws IOException {
        TestServer server = TestServers.target();
        Login reader = TestServers.source().createSourceReader("BYPASSRLS");
        ServiceUnderTest.Configuration configuration = new ServiceUnderTest.Configuration(folder);
        StringBuilder policies = new StringBuilder("policies:\n");
        for (String name : scenarios()) {
            TestDatabase source = TestServers.source().createDatabase("scope");
            source.run(text(name, "source.sql"));
            SOURCES.put(name, source);
            TARGETS.put(name, server.createDatabase("scope_dev"));
            configuration.source("from-" + name, source, reader);
            configuration.target(
                    "to-" + name, server, TARGETS.get(name).name(), new Login(server.superuser(), server.password()));
            policies.append("  ")
                    .append(name)
                    .append(":\n")
                    .append(text(name, "policy.yaml").indent(4));
        }
        Path policy = folder.resolve("masks.yaml");
        Files.writeString(policy, policies);
        System.setProperty("test.scope.key", "00112233445566778899aabbccddeefffedcba98765432100123456789abcdef");
        service = configuration
                .with("caravan.mask.key", "{{sys:test.scope.key}}")
                .with("caravan.mask.policyFile", policy.toString())
                .with("caravan.jobs.concurrent", "2")
                .start();
        for (String name : scenarios()) {
            ObjectNode request = (ObjectNode) Json.MAPPER.readTree(text(name, "request.json"));
            request.put("source", "from-" + name).put("target", "to-" + name).put("maskPolicy", name);
            request.put("mask", request.path("mask").asBoolean());
            JOBS.put(name, service.create(request.toString()));
        }
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
        SOURCES.values().forEach(TestDatabase::close);
        TARGETS.values().forEach(database -> database.server().dropDatabase(database.name()));
    }

    private static String text(String scenario, String file) throws IOException {
        return Files.readString(FOLDERS.resolve(scenario).resolve(file));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void exactlyTheExpectedRowsCome(String scenario) throws IOException {
        Map<?, ?> expected =
                (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text(scenario, "expected.yaml"));
        JsonNode job = service.end(JOBS.get(scenario));
        if (expected.containsKey("problem")) {
            assertEquals(expected.get("problem"), job.at("/error/code").asText(), job::toString);
            for (String key : List.of("says", "alsoSays")) {
                assertTrue(
                        job.toString().contains(String.valueOf(expected.get(key))) || !expected.containsKey(key),
                        job::toString);
            }
            return;
        }
        assertEquals("SUCCEEDED", job.path("state").asText(), job::toString);
        JsonNode report = service.call("GET", job.at("/links/report").asText(), null);
        if (expected.get("rows") instanceof Map<?, ?> rows) {
            assertEquals(lines(rows), lines(rows(TARGETS.get(scenario))));
        }
        if (expected.get("queries") instanceof Map<?, ?> queries) {
            queries.forEach((query, answer) ->
                    assertEquals(answer, TARGETS.get(scenario).text(query.toString()), query.toString()));
        }
        assertTrue(
                !expected.containsKey("warns")
                        || report.path("warnings").toString().contains(String.valueOf(expected.get("warns"))),
                report::toString);
        Map<String, Object> included = new TreeMap<>();
        for (JsonNode table : report.at("/tenants/tables")) {
            assertEquals(0, table.path("foreign").asLong(), report::toString);
            if (table.path("included").asLong() > 0) {
                included.put(
                        table.path("table").asText().replace("public.", ""),
                        table.path("included").asInt());
            }
        }
        assertEquals(
                expected.containsKey("included") ? expected.get("included") : Map.of(), included, report::toString);
        assertEquals("0", TARGETS.get(scenario).text("SELECT count(*) FROM pg_constraint WHERE NOT convalidated"));
    }

    /** The rows of every table as PostgreSQL prints them. */
    private static Map<String, List<String>> rows(TestDatabase database) {
        Map<String, List<String>> rows = new TreeMap<>();
        for (String table : database.text(TABLES).split(",")) {
            String name = table.substring(0, table.indexOf('|'));
            String all = database.text(
                    "SELECT string_agg(t::text, E'\\n') FROM " + (table.endsWith("r") ? "ONLY " : "") + name + " t");
            rows.put(name, all == null ? List.of() : all.lines().toList());
        }
        return rows;
    }

    private static String lines(Map<?, ?> rows) {
        return new TreeMap<>(rows)
                .entrySet().stream()
                        .map(table -> table.getKey() + ": "
                                + ((List<?>) table.getValue())
                                        .stream().map(String::valueOf).sorted().collect(Collectors.joining(" ")))
                        .collect(Collectors.joining("\n"));
    }
}
