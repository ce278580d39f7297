package dev.caravan.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.caravan.job.CopyJob;
import dev.caravan.job.CopyRequest;
import dev.caravan.job.JobState;
import dev.caravan.job.JobStore;
import dev.caravan.job.ScheduleFire;
import dev.caravan.job.Store;
import dev.caravan.job.StoreSettings;
import dev.caravan.job.TestClock;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServer;
import dev.caravan.servers.TestServers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Two nodes on one store, and a clock that the test turns: every night has its one run, whoever is there and whoever dies. */
class FiresNodesIT {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final int NIGHTS = 45;

    /** One process: its own handle on the store, its own memory. */
    private static final class Node {
        private final Store store;
        private final Fires fires;

        Node(StoreSettings settings, Clock clock, ScheduleConfig schedule) {
            store = Store.open(settings, clock);
            fires = new Fires(new Schedules(List.of(schedule), store, clock), store.schedules(), clock);
        }

        /** What the routes do of a time that this node has; a node that dies has done the first of it, or nothing. */
        void run(ScheduleFire fire, int stepsBeforeItDies) {
            if (stepsBeforeItDies > 0) {
                store.jobs()
                        .create(
                                CopyRequest.of("a", "b"),
                                Optional.of(fires.key(fire)),
                                Optional.of(fires.schedule(fire)));
            }
            if (stepsBeforeItDies > 1) {
                fires.started(fire);
            }
        }
    }

    private static ScheduleConfig nightly(String cron) {
        return new ScheduleConfig(
                "nightly",
                new Cron(cron, BERLIN),
                CopyRequest.of("a", "b"),
                "{}",
                ScheduleConfig.Overlap.SKIP,
                ScheduleConfig.Missed.RUN,
                Duration.ofHours(12),
                false);
    }

    private static TestClock clockAt(String now) {
        TestClock clock = new TestClock();
        clock.now = Instant.parse(now);
        return clock;
    }

    @Test
    void everyNightHasOneRunOverBothChangesOfTheClocks() {
        for (String begin : List.of("2027-03-01T12:00:00Z", "2027-10-10T12:00:00Z")) {
            for (String cron : List.of("0 30 2 * * ?", "0 0 3 * * ?")) {
                nights(begin, cron);
            }
        }
    }

    private static void nights(String begin, String cron) {
        TestClock clock = clockAt(begin);
        ScheduleConfig schedule = nightly(cron);
        Random random = new Random(7);
        try (TestDatabase database = TestServers.target().createDatabase("turned_clock")) {
            List<Node> nodes = new ArrayList<>();
            for (String name : List.of("one", "other")) {
                nodes.add(new Node(settings(database, name), clock, schedule));
            }
            for (int night = 0; night < NIGHTS; night++) {
                Instant at = schedule.cron().after(clock.instant()).orElseThrow();
                clock.now = at.plusMillis(300);
                for (Node node : nodes) {
                    // Now and then a node is away; and in one night of the year Quartz has no trigger.
                    if (schedule.cron().hasTrigger(at) && random.nextInt(4) > 0) {
                        ScheduleFire fire = node.fires.claim("nightly", Date.from(at));
                        if (fire != null) {
                            node.run(fire, random.nextInt(3));
                        }
                    }
                }
                clock.now = at.plusSeconds(95);
                for (Node node : nodes) {
                    node.fires.due().forEach(fire -> node.run(fire, 2));
                }
                // In autumn the hour comes again, and with it a trigger.
                assertNull(nodes.get(night % 2).fires.claim("nightly", Date.from(at.plusSeconds(3600))));
                endJobs(nodes.get(0).store.jobs());
            }
            everyNightHasOne(nodes.get(1).store.jobs());
            nodes.forEach(node -> node.store.close());
        }
    }

    private static StoreSettings settings(TestDatabase database, String node) {
        TestServer server = database.server();
        return new StoreSettings(
                server.url(database.name()), server.superuser(), server.password(), node, Duration.ofSeconds(30), 10);
    }

    private static void endJobs(JobStore store) {
        for (Optional<CopyJob> job = store.claim(); job.isPresent(); job = store.claim()) {
            store.finish(job.get().id(), JobState.SUCCEEDED, Optional.empty());
        }
    }

    private static void everyNightHasOne(JobStore store) {
        TreeMap<String, Integer> byNight = new TreeMap<>();
        store.list(Optional.empty(), Optional.empty(), 200, Optional.empty())
                .items()
                .forEach(job -> byNight.merge(
                        job.createdAt().atZone(BERLIN).toLocalDate().toString(), 1, Integer::sum));
        assertEquals(NIGHTS, byNight.size(), byNight::toString);
        byNight.forEach((night, jobs) -> assertEquals(1, jobs, night));
    }

    @Test
    void aNightAtWhichNoNodeWasThereIsNoticedAtTheStartByOneOfThem() {
        TestClock clock = clockAt("2027-05-01T12:00:00Z");
        ScheduleConfig schedule = nightly("0 0 2 * * ?");
        try (TestDatabase database = TestServers.target().createDatabase("turned_clock")) {
            new Node(settings(database, "one"), clock, schedule).store.close();
            clock.now = Instant.parse("2027-05-05T06:00:00Z");
            Node one = new Node(settings(database, "one"), clock, schedule);
            Node other = new Node(settings(database, "other"), clock, schedule);
            List<ScheduleFire> missed = one.fires.due();
            assertEquals(
                    List.of(Instant.parse("2027-05-05T00:00:00Z")),
                    missed.stream().map(ScheduleFire::at).toList());
            assertEquals(List.of(), other.fires.due());
            one.run(missed.get(0), 2);
            clock.now = Instant.parse("2027-05-05T08:00:00Z");
            assertEquals(List.of(), other.fires.due());
            one.store.close();
            other.store.close();
        }
    }
}
