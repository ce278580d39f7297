/**
 * Reading a source without disturbing it: one snapshot, its catalog, its schema by pg_dump, its rows by COPY.
 *
 * <p>Enters: connections and parts. Leaves: facts, a {@link dev.caravan.schema.Catalog}, streams of rows. Nothing here writes to a
 * source or takes a lock above ACCESS SHARE. May import {@code schema}, {@code job}, {@code plan} and {@code connection}.
 */
package dev.caravan.source;
