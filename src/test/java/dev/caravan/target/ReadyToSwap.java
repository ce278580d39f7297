package dev.caravan.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.connection.ConnectionConfig;
import dev.caravan.job.StagingMark;
import dev.caravan.schema.Identifiers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Jobs on servers of their own that have made everything and not swapped yet. */
abstract class ReadyToSwap {
    static final TestServer SERVER = new TestServer();
    private static final TestServer SOURCE_SERVER = new TestServer();
    private static final DatabaseShape SHAPE =
            new DatabaseShape("UTF8", "c", "C", "C", Optional.empty(), Optional.empty());

    /** A job that stands right before its swap. */
    record Job(
            TargetServer server, TargetGuard guard, StagingNames names, StagingDatabase staging, Carryover carryover) {
        Swap.Outcome swap() {
            try (TargetLock lock = TargetLock.take(server)) {
                return new Swap(server, guard, names, lock).run(staging, carryover);
            }
        }

        StagingMark mark() {
            return new StagingMark(names.staging(), Optional.of(staging.oid()), names.previous(), true);
        }

        boolean repair() {
            TargetServer again = TargetServer.forRepair(server.config(), server.jobId());
            return Repair.after(mark(), again, TargetGuard.forRepair(again, List.of(source())));
        }
    }

    static ConnectionConfig source() {
        return SOURCE_SERVER.source("prod", "postgres");
    }

    static Job job(ConnectionConfig target) throws SQLException {
        String id = TestServer.newJob();
        TargetServer server = TargetServer.forJob(target, id);
        TargetGuard guard = TargetGuard.check(server, source(), List.of());
        StagingNames names = StagingNames.of(target.database(), id);
        try (Connection session = server.maintenance()) {
            TargetRoles roles = TargetRoles.read(session, server);
            StagingDatabase staging = StagingDatabase.create(server, guard, names, SHAPE, roles.usableOwner(), "token");
            staging.dropBookkeeping(server);
            try (Connection inside = staging.open(server)) {
                TargetServer.execute(inside, "CREATE TABLE public.fresh ()");
            }
            return new Job(server, guard, names, staging, Carryover.fromTarget(server, guard.oldTarget(), roles));
        }
    }

    static String oldTarget() {
        String name = "t" + UUID.randomUUID().toString().substring(0, 8);
        SERVER.sql("postgres", "CREATE DATABASE " + name + " OWNER copier");
        SERVER.sql(name, "CREATE TABLE old ()");
        return name;
    }

    static boolean fresh(String database) {
        return SERVER.one(database, "SELECT to_regclass('public.fresh')") != null;
    }

    static boolean open(String database) {
        return "t"
                .equals(SERVER.one(
                        "postgres",
                        "SELECT datallowconn FROM pg_database WHERE datname = " + Identifiers.literal(database)));
    }

    static void assertAsBefore(String database, long oid) {
        assertEquals(oid, SERVER.oid(database));
        assertTrue(open(database));
        assertFalse(fresh(database));
    }
}
