package dev.caravan.schedule;

import dev.caravan.job.JobStore;
import dev.caravan.job.ScheduleFire;
import dev.caravan.job.ScheduleStore;
import dev.caravan.job.Store;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The declared schedules and how they stand. Thread-safe; what changes is in the store. */
public final class Schedules {
    private final Map<String, ScheduleConfig> configs = new TreeMap<>();
    private final JobStore jobs;
    private final ScheduleStore store;
    private final Clock clock;

    public Schedules(List<ScheduleConfig> configs, Store store, Clock clock) {
        configs.forEach(config -> this.configs.put(config.name(), config));
        this.jobs = store.jobs();
        this.store = store.schedules();
        this.clock = clock;
        configs.forEach(config -> this.store.declare(config.name(), config.definition()));
    }

    /** By name. */
    public Collection<ScheduleConfig> configs() {
        return List.copyOf(configs.values());
    }

    boolean declared(String name) {
        return configs.containsKey(name);
    }

    /** @throws CaravanException {@code not-found} */
    public ScheduleConfig config(String name) {
        ScheduleConfig config = configs.get(name);
        if (config == null) {
            throw CaravanException.of(
                    ErrorCode.NOT_FOUND,
                    "No schedule of that name is declared.",
                    "The declared ones are at /api/v1/schedules.");
        }
        return config;
    }

    /** As the API said last; until it says something, as the configuration has it. */
    boolean paused(ScheduleConfig config) {
        return store.standing(config.name()).paused().orElse(config.paused());
    }

    public List<ScheduleView> views() {
        return configs.values().stream().map(this::view).toList();
    }

    /** @throws CaravanException {@code not-found} */
    public ScheduleView pause(String name) {
        store.pause(config(name).name());
        return view(config(name));
    }

    /**
     * The times that passed while it was paused are not made up for.
     *
     * @throws CaravanException {@code not-found}
     */
    public ScheduleView resume(String name) {
        ScheduleConfig config = config(name);
        if (paused(config)) {
            store.resume(name);
        }
        return view(config);
    }

    /** When the schedule's last run that succeeded ended. */
    Optional<Instant> lastSuccess(String name) {
        return store.lastSuccess(name);
    }

    private ScheduleView view(ScheduleConfig config) {
        boolean paused = paused(config);
        return new ScheduleView(
                config.name(),
                config.cron().expression(),
                config.cron().zone().getId(),
                config.request().source(),
                config.request().target(),
                config.overlap(),
                config.missed(),
                config.missedWithin().toString(),
                paused,
                paused ? Optional.empty() : config.cron().after(clock.instant()),
                store.last(config.name()).map(this::run),
                store.lastSuccess(config.name()));
    }

    private ScheduleView.Run run(ScheduleFire fire) {
        return new ScheduleView.Run(
                fire.at(),
                fire.outcome(),
                fire.jobId(),
                fire.jobId().map(id -> jobs.get(id).state()),
                fire.code(),
                fire.hint());
    }
}
