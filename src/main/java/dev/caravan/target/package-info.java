/**
 * The new database beside the old one, and its way into the old one's place: the staging database, the restore of the
 * definitions, owners and privileges, the guard of what may be written, the swap and its repair.
 *
 * <p>Enters: an archive of definitions, the source's catalogue, a target's connection. Leaves: a replaced database and a list of
 * what it does not have. May import {@code schema}, {@code job}, {@code plan} and {@code connection}.
 */
package dev.caravan.target;
