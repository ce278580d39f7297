/**
 * The program: its commands, its configuration, and the only place where beans are made.
 *
 * <p>Enters: a command line and properties. Leaves: a running service, or an exit code. May import every other package; none
 * imports this one.
 */
package dev.caravan;
