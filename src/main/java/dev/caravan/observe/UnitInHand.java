package dev.caravan.observe;

import java.time.Instant;

/**
 * What a worker does.
 *
 * @param job whose
 * @param step the route that does it
 * @param subject the table, index or key
 * @param since when it began
 */
public record UnitInHand(String job, String step, String subject, Instant since) {}
