package dev.caravan.rest;

import dev.caravan.schedule.Schedules;
import dev.caravan.schedule.Webhooks;
import dev.caravan.schema.CaravanException;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/** The operations on schedules and webhooks; parameters arrive as the contract has let them through. Thread-safe. */
public final class SchedulesResource {
    private final Schedules schedules;
    private final Webhooks webhooks;

    public SchedulesResource(Schedules schedules, Webhooks webhooks) {
        this.schedules = schedules;
        this.webhooks = webhooks;
    }

    public Object list() {
        return new Items<>(schedules.views().stream().map(ScheduleItem::of).toList());
    }

    public Object pause(@Header("name") String name, @Variable(Guard.CALLER) Caller caller) {
        mayChange(name, caller);
        return ScheduleItem.of(schedules.pause(name));
    }

    public Object resume(@Header("name") String name, @Variable(Guard.CALLER) Caller caller) {
        mayChange(name, caller);
        return ScheduleItem.of(schedules.resume(name));
    }

    /**
     * The name of a declared schedule.
     *
     * @throws CaravanException {@code not-found}; {@code forbidden} when the caller's key is for other targets than the schedule's
     */
    public String name(@Header("name") String name, @Variable(Guard.CALLER) Caller caller) {
        mayChange(name, caller);
        return schedules.config(name).name();
    }

    private void mayChange(String name, Caller caller) {
        caller.requireTarget(schedules.config(name).request().target());
    }

    public Object testWebhook(@Header("name") String name) {
        return webhooks.test(name);
    }
}
