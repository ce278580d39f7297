/**
 * Lets operators see into the running service: the console's files, and what it shows of jobs.
 *
 * <p>Enters: jobs as they run. Leaves: attributes to read, never an operation that changes anything, never a row's value or a secret. May import
 * {@code schema} and {@code job}.
 */
package dev.caravan.observe;
