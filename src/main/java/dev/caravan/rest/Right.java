package dev.caravan.rest;

import java.util.Locale;

/** What a caller may do. */
enum Right {
    /** See jobs, reports, connections, maskers, policies and schedules; open the management port. */
    READ,
    /** Have a copy planned, which reads a source's catalog. */
    PLAN,
    /** Create and cancel copy jobs. */
    COPY,
    /** Have a source searched for personal data, which reads samples and shows counts. */
    SCAN,
    /** Try a connection. */
    CHECK,
    /** Run, pause and resume schedules; call a webhook to try it. */
    SCHEDULE,
    /** See personal data, a few rows at a time, before and after they are masked. */
    PREVIEW,
    /** Copy a source classified production as it is. */
    UNMASK,
    /** Read who changed what. */
    AUDIT;

    /** The right in words. */
    String words() {
        return name().toLowerCase(Locale.ROOT);
    }
}
