/**
 * Copy jobs: what was asked, where a job stands, and the store that keeps both.
 *
 * <p>Enters: requests. Leaves: jobs, events, reports. A job does not know how copying works; the routes join the two. May
 * import {@code schema} and {@code mask}.
 */
package dev.caravan.job;
