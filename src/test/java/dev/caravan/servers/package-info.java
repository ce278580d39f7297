/**
 * Real PostgreSQL servers for tests: embedded ones, or containers of a chosen major version with
 * {@code -Dcaravan.test.postgres=13} to {@code 18}; with {@code -Dcaravan.test.servers=embedded} and Maven's profile {@code versions}
 * embedded ones of that version. Imports nothing of the project but the quoting of names.
 */
package dev.caravan.servers;
