/**
 * The terminal's commands: {@code copy}, which has a running service copy a database, and {@code demo}, which shows it on two
 * servers of its own.
 *
 * <p>Enters: a command line, and what the public API answers. Leaves: text, JSON lines and an exit code. It speaks to the
 * service over HTTP only, with records of its own, so that it sees what any other caller sees. May import {@code schema}.
 */
package dev.caravan.client;
