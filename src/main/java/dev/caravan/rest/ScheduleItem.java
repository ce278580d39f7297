package dev.caravan.rest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.caravan.schedule.ScheduleView;

/** A schedule with the addresses of what can be done with it. */
record ScheduleItem(@JsonUnwrapped ScheduleView schedule, Links links) {
    record Links(String run, String pause, String resume) {}

    static ScheduleItem of(ScheduleView schedule) {
        String self = Contract.BASE + "/schedules/" + schedule.name();
        return new ScheduleItem(schedule, new Links(self + "/run", self + "/pause", self + "/resume"));
    }
}
