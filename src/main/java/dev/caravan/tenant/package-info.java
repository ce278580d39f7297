/**
 * The tenant scope: which rows of which table a job takes when only some tenants are asked for. Pure: no JDBC, no Camel. Imports
 * {@code schema}, {@code mask} (the policy) and {@code job} (the request).
 */
package dev.caravan.tenant;
