package dev.caravan.target;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseShapeIT {
    private static final TestServer SERVER = new TestServer();

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            13 | LC_COLLATE 'C' LC_CTYPE 'C.UTF-8' ENCODING 'UTF8'
            13 | LC_COLLATE 'C' LC_CTYPE 'C' ENCODING 'LATIN1'
            15 | LOCALE_PROVIDER icu ICU_LOCALE 'de-DE' LOCALE 'C.UTF-8'
            16 | LOCALE_PROVIDER icu ICU_LOCALE 'de-DE' ICU_RULES '&a < g' LOCALE 'C.UTF-8'
            17 | LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C.UTF-8'
            18 | LOCALE_PROVIDER builtin BUILTIN_LOCALE 'PG_UNICODE_FAST' LOCALE 'C.UTF-8'
            """)
    void theStagingDatabaseIsOfItsSourcesShape(int since, String options) throws SQLException {
        Assumptions.assumeTrue(SERVER.major() >= since, () -> "came with " + since);
        SERVER.sql("postgres", "CREATE DATABASE shaped TEMPLATE template0 " + options);
        TargetServer server = TargetServer.forJob(SERVER.target("copy").build(), TestServer.newJob());
        TargetGuard guard = TargetGuard.check(server, SERVER.source("prod", "postgres"), List.of());
        try (Connection source = SERVER.session("shaped")) {
            DatabaseShape shape = DatabaseShape.of(source);
            StagingDatabase staging = StagingDatabase.create(
                    server, guard, StagingNames.of("copy", server.jobId()), shape, Optional.empty(), "token");
            try (Connection session = staging.open(server)) {
                assertEquals(shape, DatabaseShape.of(session));
            }
            staging.drop(server, guard);
        } finally {
            SERVER.sql("postgres", "DROP DATABASE shaped WITH (FORCE)");
        }
    }
}
