package dev.caravan.target;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What belongs to somebody else, as the tables of a trusted extension do, is not for a loading session to look at. */
class SequencesBehindIT {
    @Test
    void whatTheSessionMayNotReadStaysWhereItIs() throws SQLException {
        try (TestDatabase database = TestServers.target().createDatabase("behind")) {
            database.run("""
                    CREATE ROLE behind_owner;
                    CREATE TABLE theirs (id serial PRIMARY KEY);
                    CREATE TABLE readable (id serial PRIMARY KEY);
                    GRANT SELECT ON readable TO PUBLIC;
                    CREATE TABLE ours (id serial PRIMARY KEY);
                    ALTER TABLE ours OWNER TO behind_owner;
                    INSERT INTO theirs VALUES (10);
                    INSERT INTO readable VALUES (10);
                    INSERT INTO ours VALUES (10);
                    """);
            try (Connection session = database.connect()) {
                TargetServer.execute(session, "SET ROLE behind_owner; SET search_path = ''");
                SequencesBehind.takeOn(session);
            }
            assertEquals(
                    "1 1 11",
                    database.text(
                            "SELECT concat_ws(' ', nextval('theirs_id_seq'), nextval('readable_id_seq'), nextval('ours_id_seq'))"));
            database.run("DROP OWNED BY behind_owner; DROP ROLE behind_owner");
        }
    }
}
