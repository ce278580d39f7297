package dev.caravan.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.job.StagingMark;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Wherever a process died, its job is undone or finished. */
class RepairIT extends ReadyToSwap {
    @Test
    void repairUndoesAClosedTargetAndEndsTheDeadProcessesSessions() throws SQLException {
        String name = oldTarget();
        long old = SERVER.oid(name);
        Job job = job(SERVER.target(name).as(TestServer.COPIER).build());
        SERVER.sql("postgres", "ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
        Connection orphan = job.staging().open(job.server());
        TargetLock orphanedLock = TargetLock.take(job.server());

        assertFalse(job.repair());

        assertFalse(orphan.isValid(2) || orphanedLock.held());
        assertAsBefore(name, old);
        assertEquals(0, SERVER.oid(job.names().staging()));
        assertFalse(job.repair());
    }

    @Test
    void repairFinishesASwapWhosePreviousDatabaseIsLeft() throws SQLException {
        String name = oldTarget();
        Job job = job(SERVER.target(name).as(TestServer.COPIER).build());
        SERVER.sql(
                "postgres",
                "ALTER DATABASE " + name + " ALLOW_CONNECTIONS false",
                "ALTER DATABASE " + name + " RENAME TO " + job.names().previous(),
                "ALTER DATABASE " + job.names().staging() + " RENAME TO " + name);

        assertTrue(job.repair());

        assertEquals(0, SERVER.oid(job.names().previous()));
        assertTrue(fresh(name) && open(name));
    }

    @Test
    void repairPutsTheOldTargetBackThatStandsUnderItsOtherName() throws SQLException {
        String name = oldTarget();
        long old = SERVER.oid(name);
        Job job = job(SERVER.target(name).as(TestServer.COPIER).build());
        SERVER.sql(
                "postgres",
                "ALTER DATABASE " + name + " ALLOW_CONNECTIONS false",
                "ALTER DATABASE " + name + " RENAME TO " + job.names().previous());

        assertFalse(job.repair());

        assertAsBefore(name, old);
        assertEquals(0, SERVER.oid(job.names().staging()));
    }

    @Test
    void repairDropsAStagingDatabaseThatTheMarkDoesNotKnowYet() throws SQLException {
        String name = oldTarget();
        long old = SERVER.oid(name);
        Job job = job(SERVER.target(name).as(TestServer.COPIER).build());
        StagingMark early = new StagingMark(
                job.names().staging(), Optional.empty(), job.names().previous(), false);
        TargetServer again =
                TargetServer.forRepair(job.server().config(), job.server().jobId());

        assertFalse(Repair.after(early, again, TargetGuard.forRepair(again, List.of())));

        assertEquals(0, SERVER.oid(job.names().staging()));
        assertAsBefore(name, old);
    }

    @Test
    void onlyDatabasesOfOursAreDropped() throws SQLException {
        String name = oldTarget();
        Job job = job(SERVER.target(name).build());

        CaravanException error = assertThrows(CaravanException.class, () -> new StagingDatabase(name, SERVER.oid(name))
                .drop(job.server(), job.guard()));

        assertEquals(ErrorCode.TARGET_PROTECTED, error.code());
        assertEquals(OptionalLong.of(SERVER.oid(name)), job.guard().oldTarget());
    }
}
