/**
 * Rows on their way: a part's stream is split into batches, which pass the tenant filter and the mask and are written.
 *
 * <p>Enters: parts. Leaves: rows in the staging database, and counts. An exchange is a batch, never a row. May import {@code mask},
 * {@code job}, {@code plan}, {@code connection}, {@code source}, {@code target} and {@code schema}; no JDBC, whose place is at both ends.
 */
package dev.caravan.copy;
