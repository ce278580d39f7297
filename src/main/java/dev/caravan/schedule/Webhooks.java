package dev.caravan.schedule;

import dev.caravan.job.DeliveryStore;
import dev.caravan.job.DeliveryStore.Delivery;
import dev.caravan.job.JobIds;
import dev.caravan.job.JobStore;
import dev.caravan.job.Store;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells webhooks of ends of jobs, at least once each, over restarts too. Thread-safe; what is to be told is in the store. */
public final class Webhooks {
    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);
    private static final Duration PATIENCE = Duration.ofHours(24);
    private static final int AT_ONCE = 10;

    /** What a test call came to. */
    public record Tested(String webhook, int status) {}

    private final Map<String, WebhookConfig> configs = new TreeMap<>();
    private final JobStore jobs;
    private final DeliveryStore store;
    private final WebhookCall call;
    private final Clock clock;

    public Webhooks(List<WebhookConfig> configs, Store store, Clock clock) {
        configs.forEach(config -> this.configs.put(config.name(), config));
        this.jobs = store.jobs();
        this.store = store.deliveries();
        this.call = new WebhookCall(clock);
        this.clock = clock;
        configs.forEach(config -> this.store.declare(config.name()));
    }

    /** Makes a delivery of every end that is to be told and is not yet noted. */
    public void announce() {
        configs.values().forEach(config -> store.announce(config.name(), config.on(), config.schedules()));
    }

    /** The deliveries to try now; nobody else tries them meanwhile. */
    public List<Delivery> due() {
        List<Delivery> due = new ArrayList<>();
        while (!configs.isEmpty() && due.size() < AT_ONCE) {
            Optional<Delivery> taken = store.take(configs.keySet());
            if (taken.isEmpty()) {
                break;
            }
            due.add(taken.get());
        }
        return due;
    }

    /** Tries one delivery, and puts it off when it fails. */
    public void deliver(Delivery delivery) {
        WebhookConfig config = configs.get(delivery.webhook());
        try {
            call.post(config, delivery.id(), WebhookMessage.ended(config.name(), jobs.get(delivery.jobId())));
        } catch (CaravanException e) {
            putOff(config, delivery, e);
            return;
        }
        store.delivered(delivery);
    }

    private void putOff(WebhookConfig config, Delivery delivery, CaravanException why) {
        Instant next = clock.instant().plus(pause(config.retryAfter(), delivery.attempts()));
        if (next.isAfter(delivery.createdAt().plus(PATIENCE))) {
            LOG.error("{} The end of job {} is not told any more", why.getMessage(), delivery.jobId());
            store.giveUp(delivery);
        } else {
            LOG.warn("{} It is tried again at {}", why.getMessage(), next);
            store.tryAgain(delivery, next);
        }
    }

    /** @param attempts how many failed, from 1 */
    static Duration pause(Duration first, int attempts) {
        Duration pause = first;
        for (int i = 1; i < attempts && pause.compareTo(LONGEST_PAUSE) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(LONGEST_PAUSE) > 0 && first.compareTo(LONGEST_PAUSE) <= 0 ? LONGEST_PAUSE : pause;
    }

    /**
     * Calls a webhook with a message that says that it is a test.
     *
     * @throws CaravanException {@code not-found}, {@code webhook-failed}
     */
    public Tested test(String name) {
        WebhookConfig config = Optional.ofNullable(configs.get(name))
                .orElseThrow(() -> CaravanException.of(
                        ErrorCode.NOT_FOUND,
                        "No webhook of that name is declared.",
                        "Webhooks are declared as caravan.webhook.<name> in the configuration."));
        return new Tested(name, call.post(config, JobIds.next(clock.instant()), WebhookMessage.test(name)));
    }
}
