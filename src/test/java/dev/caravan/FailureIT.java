package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.Trials.Trial;
import dev.caravan.servers.Login;
import dev.caravan.servers.Sql;
import dev.caravan.servers.TestServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that fails, in whichever phase, leaves the old target whole and nothing else behind. */
class FailureIT {
    private static final String ROWS = "CREATE TABLE item (id int PRIMARY KEY, word text);"
            + " INSERT INTO item SELECT i, 'confidential-' || i FROM generate_series(1, 1000) i;";

    /** Answers one thing on the source, the database of this name, and another anywhere else. */
    private static final String AT_HOME = "CREATE FUNCTION public.at_home() RETURNS boolean LANGUAGE sql IMMUTABLE AS"
            + " $$ SELECT pg_catalog.current_database() NOT LIKE '%\\_caravan\\_%' $$;";

    private static Trials trials;
    private static Trial unreadable;
    private static Trial extension;
    private static Trial library;
    private static Trial check;
    private static Trial unique;
    private static Trial key;
    private static Trial afterLoad;
    private static Trial deleted;
    private static Trial connected;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() {
        trials = new Trials(folder);
        Login admin =
                new Login(TestServers.target().superuser(), TestServers.target().password());
        unreadable = trials.add("unreadable", ROWS, TestServers.source().createLogin("no_rights", ""), admin);
        extension = trials.add(
                "extension",
                ROWS + "CREATE EXTENSION hstore; UPDATE pg_extension SET extname = 'nowhere' WHERE extname = 'hstore'");
        library = trials.add("library", ROWS + """
                CREATE FUNCTION in_library() RETURNS trigger LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
                UPDATE pg_proc SET probin = '$libdir/nowhere' WHERE proname = 'in_library';
                """);
        check = trials.add("check", ROWS + AT_HOME + "ALTER TABLE item ADD CHECK (public.at_home())");
        unique = trials.add(
                "unique",
                ROWS + AT_HOME + "CREATE UNIQUE INDEX word_at_home ON item"
                        + " ((CASE WHEN public.at_home() THEN word ELSE 'confidential' END))");
        key = trials.add("key", ROWS + """
                CREATE TABLE part (id int PRIMARY KEY, item_id int REFERENCES item);
                SET session_replication_role = replica;
                INSERT INTO part VALUES (1, 1), (2, 987654);
                """);
        afterLoad = trials.add("after", ROWS);
        trials.afterLoad(afterLoad, "UPDATE item SET word = 'anonymous'; SELECT 'confidential-text'::int");
        deleted = trials.add("deleted", ROWS);
        trials.afterLoad(deleted, "DELETE FROM item WHERE id = 500");
        connected = trials.add("connected", ROWS);
        trials.with("caravan.connection.to-connected.endSessions", "false");
        trials.start();
    }

    @AfterAll
    static void stop() {
        trials.close();
    }

    @Test
    void tableThatTheRoleMayNotReadFailsPreflight() {
        JsonNode problem = trials.fails(unreadable, "insufficient-privilege");
        assertTrue(problem.get("detail").asText().contains("public.item"), problem::toString);
    }

    @Test
    void extensionThatTheTargetLacksFailsPreflight() {
        JsonNode problem = trials.fails(extension, "extension-missing");
        assertTrue(problem.get("detail").asText().contains("nowhere"), problem::toString);
    }

    @Test
    void functionWhoseLibraryTheTargetLacksFailsTheSchema() {
        trials.fails(library, "tool-failed");
    }

    @Test
    void checkThatOnlyTheTargetViolatesFailsTheCopyWithoutARowsValue() {
        saysNoValue(trials.fails(check, "constraint-failed"));
    }

    @Test
    void uniqueIndexThatOnlyTheTargetViolatesFailsTheIndexWithoutARowsValue() {
        saysNoValue(trials.fails(unique, "constraint-failed"));
    }

    @Test
    void foreignKeyThatTheSourceViolatesFailsWhenTheRequestSaysSo() {
        JsonNode problem = trials.fails(key, "key-violated", "\"onViolatedKey\":\"FAIL\"");
        assertFalse(problem.toString().contains("987654"), problem::toString);
        assertEquals("public.part", problem.path("table").asText());
    }

    @Test
    void afterLoadFileThatFailsFailsTheJobWithoutARowsValue() {
        saysNoValue(trials.fails(afterLoad, "after-load-failed"));
    }

    @Test
    void rowThatAnAfterLoadFileDeletesFailsTheComparisonOfContent() {
        JsonNode problem = trials.fails(deleted, "verification-failed", "\"verify\":\"CONTENT\"");
        assertEquals("public.item", problem.path("table").asText());
    }

    @Test
    void sessionThatMayNotBeEndedFailsTheSwapAndLivesOn() throws SQLException {
        try (Connection user = connected.target().connect()) {
            trials.fails(connected, "target-in-use");
            assertEquals("500", Sql.text(user, "SELECT count(*) FROM old_content"));
        }
    }

    private static void saysNoValue(JsonNode problem) {
        assertFalse(problem.toString().contains("confidential"), problem::toString);
        JsonNode events = trials.service()
                .call("GET", "/api/v1/copy-jobs/" + problem.get("jobId").asText() + "/events", null);
        assertTrue(events.path("items").size() > 2, events::toString);
        assertFalse(events.toString().contains("confidential"), events::toString);
    }
}
