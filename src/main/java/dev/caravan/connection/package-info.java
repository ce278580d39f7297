/**
 * Named connections as the operator declared them, how a session on one is opened, and which database it really is.
 *
 * <p>Enters: configuration. Leaves: sessions, identities, the client programs' environment. Imports {@code schema} only.
 */
package dev.caravan.connection;
