/**
 * Shows that the loaded database is what was read, before it takes the old one's place.
 *
 * <p>Enters: a plan and a loaded staging database. Leaves: counts for the report, or an error that stops the swap. May import {@code schema},
 * {@code job}, {@code plan}, {@code source} and {@code target}.
 */
package dev.caravan.verify;
