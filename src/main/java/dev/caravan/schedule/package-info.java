/**
 * Copies at set times, and what is told when a copy ends.
 *
 * <p>Enters: declared schedules and webhooks, and the clock. Leaves: copy requests, which become jobs by the way that a call takes, and signed
 * messages to webhooks. What became of a time is kept by the job store. May import {@code job} and {@code schema}.
 */
package dev.caravan.schedule;
