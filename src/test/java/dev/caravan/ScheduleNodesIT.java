package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServer;
import dev.caravan.servers.TestServers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two services with the same schedules on one store. */
class ScheduleNodesIT {
    @TempDir
    Path folder;

    private ServiceUnderTest.Configuration node(String name, TestDatabase store) {
        TestServer server = store.server();
        System.setProperty("test.store.password", server.password());
        return Scheduled.schedule(Scheduled.configuration(folder), "often", "0/2 * * * * ?", Scheduled.REQUEST)
                .with("caravan.store.url", server.url(store.name()))
                .with("caravan.store.username", server.superuser())
                .with("caravan.store.password", "{{sys:test.store.password}}")
                .with("caravan.node", name)
                .with("caravan.run.directory", folder.resolve(name).toString());
    }

    @Test
    void everyTimeIsUsedByOneNodeAlone() {
        try (TestDatabase store = TestServers.target().createDatabase("schedule_store")) {
            ServiceUnderTest.Configuration first = node("first", store);
            ServiceUnderTest.Configuration second = node("second", store);
            String url = store.server().url(store.name()) + "?user="
                    + store.server().superuser() + "&password="
                    + store.server().password();
            try (ServiceUnderTest one = first.start();
                    ServiceUnderTest other = second.start()) {
                Scheduled.await("both clocks came by several times")
                        .until(() -> Scheduled.taken(first, "refresh") >= 4 && Scheduled.taken(second, "refresh") >= 4);
                one.call("POST", "/api/v1/schedules/often/pause", null);
                assertTrue(Scheduled.schedule(other, "often").get("paused").asBoolean());
                Scheduled.await("nobody is busy with a time")
                        .until(() ->
                                Scheduled.number(url, "SELECT count(*) FROM schedule_fire WHERE outcome = 'CLAIMED'")
                                        == 0);
                long times = Scheduled.number(url, "SELECT count(*) FROM schedule_fire");
                long came = Scheduled.taken(first, "refresh") + Scheduled.taken(second, "refresh");
                long used = Scheduled.taken(first, "run-fire") + Scheduled.taken(second, "run-fire");
                assertEquals(times, used);
                assertTrue(came > used, "both came at the same times, " + came + " and " + used);
                assertEquals(
                        Scheduled.number(url, "SELECT count(*) FROM schedule_fire WHERE outcome = 'STARTED'"),
                        Scheduled.number(url, "SELECT count(*) FROM copy_job WHERE schedule = 'often'"));
                assertEquals(
                        Scheduled.number(url, "SELECT count(*) FROM schedule_fire WHERE outcome = 'STARTED'"),
                        Scheduled.number(url, "SELECT count(DISTINCT job_id) FROM schedule_fire"));
            }
        }
    }
}
