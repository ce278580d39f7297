package dev.caravan.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.sql.SQLException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** One job at a time has a target. */
class TargetLockIT extends ReadyToSwap {
    @Test
    void aLostLockStopsTheSwap() throws SQLException {
        String name = oldTarget();
        long old = SERVER.oid(name);
        Job job = job(SERVER.target(name).as(TestServer.COPIER).build());
        try (TargetLock lock = TargetLock.take(job.server())) {
            SERVER.sql("postgres", "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'");
            Awaitility.await("the lock's session is gone")
                    .until(() -> SERVER.one("postgres", "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
                            .equals("0"));

            assertFalse(lock.held());
            assertThrows(CaravanException.class, () -> new Swap(job.server(), job.guard(), job.names(), lock)
                    .run(job.staging(), job.carryover()));
        }
        assertAsBefore(name, old);
    }

    @Test
    void aLockedTargetIsBusyForEveryOtherJob() {
        TargetServer server = TargetServer.forJob(SERVER.target("any").build(), TestServer.newJob());
        TargetServer other = TargetServer.forJob(SERVER.target("any").build(), TestServer.newJob());
        try (TargetLock lock = TargetLock.take(server)) {
            assertEquals(
                    ErrorCode.TARGET_BUSY,
                    assertThrows(CaravanException.class, () -> TargetLock.take(other))
                            .code());
            assertTrue(lock.held());
        }
        TargetLock.take(other).close();
    }

    @Test
    void theNextAttemptOfAJobTakesTheLockFromALostSessionOfItsOwn() {
        TargetServer server = TargetServer.forJob(SERVER.target("any").build(), TestServer.newJob());
        try (TargetLock lost = TargetLock.take(server);
                TargetLock next = TargetLock.take(server)) {
            assertFalse(lost.held());
            assertTrue(next.held());
        }
    }
}
