package dev.caravan.target;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServers;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read of a source's privileges is what somebody has granted or revoked. */
class SourcePrivilegesIT {
    private static List<String> privileges(TestDatabase database) throws Exception {
        try (Connection session = database.connect()) {
            return SourcePrivileges.privileges(session).stream()
                    .map(it -> (it.revoked() ? "- " : "+ ") + it.identity() + " " + it.privilege())
                    .toList();
        }
    }

    @Test
    void aNewDatabaseHasNone() throws Exception {
        try (TestDatabase database = TestServers.source().createDatabase("ungranted")) {
            // What initdb has granted on the information schema would be granted again, and warned of in the target's
            // log.
            assertEquals(List.of(), privileges(database));
            database.run("CREATE SCHEMA information_schemas; CREATE TABLE information_schemas.t (a int);"
                    + " GRANT SELECT ON information_schemas.t TO PUBLIC");
            assertEquals(List.of("+ \"information_schemas\".\"t\" SELECT"), privileges(database));
        }
    }
}
