/**
 * The HTTP edge: what comes in is stripped and checked against the contract, what goes out is JSON, CSV, events or a problem.
 *
 * <p>Enters: HTTP requests. Leaves: copy requests for the job store and messages on the routes; every error as RFC 9457. May
 * import {@code job}, {@code connection}, {@code schedule} and {@code schema}; nothing imports it but the wiring.
 */
package dev.caravan.rest;
