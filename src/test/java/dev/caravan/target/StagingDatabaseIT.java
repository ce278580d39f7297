package dev.caravan.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A staging database is made as it is asked for or not at all, and is written to by the newest process only. */
class StagingDatabaseIT extends ReadyToSwap {
    @Test
    void aTargetWithoutTheLocaleSaysSo() {
        TargetServer server = TargetServer.forJob(SERVER.target("x").build(), TestServer.newJob());
        TargetGuard guard = TargetGuard.check(server, source(), List.of());
        StagingNames names = StagingNames.of("x", server.jobId());
        DatabaseShape shape =
                new DatabaseShape("UTF8", "c", "xx_YY.utf8", "xx_YY.utf8", Optional.empty(), Optional.empty());

        CaravanException error = assertThrows(
                CaravanException.class,
                () -> StagingDatabase.create(server, guard, names, shape, Optional.empty(), "token"));

        assertEquals(ErrorCode.ENCODING_UNAVAILABLE, error.code());
        assertEquals(0, SERVER.oid(names.staging()));
    }

    @Test
    void theFenceLetsOnlyTheNewestTokenPass() throws SQLException {
        TargetServer server =
                TargetServer.forJob(SERVER.target("y").as("copier").build(), TestServer.newJob());
        TargetGuard guard = TargetGuard.check(server, source(), List.of());
        StagingNames names = StagingNames.of("y", server.jobId());
        DatabaseShape shape = new DatabaseShape("UTF8", "c", "C", "C", Optional.empty(), Optional.empty());
        StagingDatabase staging =
                StagingDatabase.create(server, guard, names, shape, Optional.of(TestServer.OWNER), "one");
        try (Connection session = staging.open(server)) {
            Ledger.pass(session, "one");
            Ledger.loaded(session, "part", new Ledger.Loaded(3, 40));
            Ledger.move(session, "two");

            assertEquals(
                    ErrorCode.INTERRUPTED,
                    assertThrows(CaravanException.class, () -> Ledger.pass(session, "one"))
                            .code());
            Ledger.pass(session, "two");
            assertEquals(Map.of("part", new Ledger.Loaded(3, 40)), Ledger.parts(session));
        }
        staging.drop(server, guard);
        assertFalse(SERVER.oid(names.staging()) != 0);
    }
}
