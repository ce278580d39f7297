/**
 * What a PostgreSQL database is made of, as plain values, and the one error type with its codes.
 *
 * <p>Enters: nothing. Leaves: records that every other package speaks. Imports nothing of ours.
 */
package dev.caravan.schema;
