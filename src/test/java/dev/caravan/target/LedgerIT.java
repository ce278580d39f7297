package dev.caravan.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.connection.SessionPool;
import dev.caravan.plan.CopyFormat;
import dev.caravan.plan.Part;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.TableName;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps a part from arriving twice, and a process that has lost its job from writing. */
class LedgerIT {
    private static final TestServer SERVER = new TestServer();
    private static final TestServer SOURCE_SERVER = new TestServer();
    private static final DatabaseShape SHAPE =
            new DatabaseShape("UTF8", "c", "C", "C", Optional.empty(), Optional.empty());
    private static final TableName ITEM = new TableName("public", "item");

    private TargetServer server;
    private TargetGuard guard;
    private StagingDatabase staging;
    private SessionPool sessions;

    @BeforeEach
    void staging() throws SQLException {
        String id = TestServer.newJob();
        server = TargetServer.forJob(
                SERVER.target("ledger").as(TestServer.COPIER).build(), id);
        guard = TargetGuard.check(server, SOURCE_SERVER.source("prod", "postgres"), List.of());
        staging =
                StagingDatabase.create(server, guard, StagingNames.of("ledger", id), SHAPE, Optional.empty(), "first");
        try (Connection inside = staging.open(server)) {
            TargetServer.execute(inside, "CREATE TABLE public.item (id int, word text)");
        }
        sessions = LoadSessions.pool(server, staging, Optional.empty(), "64MB", 2);
    }

    @AfterEach
    void drop() {
        sessions.close();
        staging.drop(server, guard);
    }

    private static Part part(int number, boolean freeze) {
        return new Part(
                "job",
                number,
                ITEM,
                ITEM,
                List.of("id", "word"),
                CopyFormat.TEXT,
                Optional.empty(),
                Optional.empty(),
                freeze,
                false,
                1);
    }

    private void load(Part part, String token, String... rows) {
        try (PartWriter writer = new PartWriter(part, sessions, token)) {
            byte[] bytes = (String.join("\n", rows) + "\n").getBytes(StandardCharsets.UTF_8);
            writer.write(bytes, 0, bytes.length);
            writer.commit(rows.length);
        }
    }

    private String rows() {
        return SERVER.one(staging.name(), "SELECT string_agg(id || word, ',' ORDER BY id) FROM public.item");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPartThatComesAThousandTimesIsThereOnce(boolean freeze) throws SQLException {
        load(part(1, freeze), "first", "1\ta", "2\tb");
        for (int i = 0; i < 1000; i++) {
            // Whatever the second one brings, the first one's rows are what was counted.
            String[] again = i % 2 == 0 ? new String[] {"1\ta", "2\tb"} : new String[] {"9\tz"};
            assertThrows(CaravanException.class, () -> load(part(1, freeze), "first", again));
        }
        assertEquals("1a,2b", rows());
        try (Connection session = staging.open(server)) {
            assertEquals(List.of("part-1"), List.copyOf(Ledger.parts(session).keySet()));
        }
    }

    @Test
    void whoLostTheJobWritesNothing() throws SQLException {
        try (Connection session = staging.open(server)) {
            Ledger.move(session, "second");
        }
        CaravanException refused = assertThrows(CaravanException.class, () -> load(part(1, false), "first", "1\ta"));
        assertEquals(ErrorCode.INTERRUPTED, refused.code());
        load(part(1, false), "second", "2\tb");
        assertEquals("2b", rows());
    }

    @Test
    void theJobIsTakenOverAfterTheRowsThatAreBeingWritten() throws Exception {
        CompletableFuture<Void> moved;
        try (PartWriter writer = new PartWriter(part(1, false), sessions, "first")) {
            moved = CompletableFuture.runAsync(() -> {
                try (Connection session = staging.open(server)) {
                    Ledger.move(session, "second");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            Awaitility.await("the fence waits")
                    .atMost(Duration.ofSeconds(10))
                    .pollInterval(Duration.ofMillis(20))
                    .until(
                            () -> "t"
                                    .equals(
                                            SERVER.one(
                                                    staging.name(),
                                                    "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'")));
            byte[] row = "1\ta\n".getBytes(StandardCharsets.UTF_8);
            writer.write(row, 0, row.length);
            assertTrue(!moved.isDone());
            writer.commit(1);
        }
        moved.get();
        assertEquals("1a", rows());
        assertThrows(CaravanException.class, () -> load(part(2, false), "first", "2\tb"));
    }
}
