package dev.caravan.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.connection.ConnectionConfig;
import dev.caravan.connection.SessionPool;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server whose connections live and which answers no more: nothing may wait for it without an end. */
@Timeout(value = 40, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SilentServerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final TestServer SERVER = new TestServer();
    private static final DatabaseShape SHAPE =
            new DatabaseShape("UTF8", "c", "C", "C", Optional.empty(), Optional.empty());

    private static ConnectionConfig through(Forwarder way) {
        return SERVER.target("silent")
                .at("localhost", way.port())
                .patientFor(PATIENCE)
                .build();
    }

    private static ConnectionConfig source() {
        return SERVER.source("prod", "postgres");
    }

    @Test
    void whileTheStagingDatabaseIsMade() throws IOException {
        try (Forwarder way = Forwarder.silentFrom("CREATE DATABASE", SERVER.port())) {
            TargetServer server = TargetServer.forJob(through(way), TestServer.newJob());
            TargetGuard guard = TargetGuard.check(server, source(), List.of());
            StagingNames names = StagingNames.of("silent", server.jobId());

            CaravanException error = assertThrows(
                    CaravanException.class,
                    () -> StagingDatabase.create(server, guard, names, SHAPE, Optional.empty(), "token"));

            assertEquals(ErrorCode.CONNECTION_UNREACHABLE, error.code());
        }
    }

    @Test
    void whileALoadingSessionIsOpened() throws IOException {
        try (Forwarder way = Forwarder.silentFrom("SET synchronous_commit", SERVER.port())) {
            TargetServer server = TargetServer.forJob(through(way), TestServer.newJob());
            TargetGuard guard = TargetGuard.check(server, source(), List.of());
            StagingNames names = StagingNames.of("silent", server.jobId());
            StagingDatabase staging = StagingDatabase.create(server, guard, names, SHAPE, Optional.empty(), "token");
            try (SessionPool pool = LoadSessions.pool(server, staging, Optional.empty(), "64MB", 1)) {
                CaravanException error = assertThrows(CaravanException.class, pool::borrow);

                assertEquals(ErrorCode.CONNECTION_UNREACHABLE, error.code());
            }
        }
    }

    @Test
    void whileTheNewDatabaseIsReadWhenTheJobIsEnded() throws Exception {
        try (Forwarder way = Forwarder.silentFrom("the last words", SERVER.port())) {
            TargetJob job = TargetJob.open(through(way), TestServer.newJob(), source(), List.of());
            job.staging().create(SHAPE);
            Connection session = job.staging().open();
            session.setNetworkTimeout(Runnable::run, 0);
            CompletableFuture<SQLException> reading =
                    CompletableFuture.supplyAsync(() -> assertThrows(SQLException.class, () -> lastWords(session)));
            Awaitility.await().until(way::silent);

            job.end();

            assertTrue(reading.get(5, TimeUnit.SECONDS).getSQLState().startsWith("08"));
        }
    }

    private static void lastWords(Connection session) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute("SELECT 'the last words'");
        }
    }
}
