package dev.caravan.rest;

import dev.caravan.connection.ConnectionConfig;
import dev.caravan.connection.Connections;
import dev.caravan.job.CopyRequest;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/** The declared connections, as routes need them: to be shown, to be checked, and to be allowed or refused for a copy. */
public final class ConnectionsResource {
    private final Connections connections;

    public ConnectionsResource(Connections connections) {
        this.connections = connections;
    }

    public Object list() {
        return new Items<>(connections.all().stream().map(ConnectionView::of).toList());
    }

    /**
     * The name of a declared connection.
     *
     * @throws CaravanException {@code not-found}: the name is part of the address
     */
    public String name(@Header("name") String name) {
        return connections.all().stream()
                .map(ConnectionConfig::name)
                .filter(name::equals)
                .findFirst()
                .orElseThrow(() -> CaravanException.of(
                        ErrorCode.NOT_FOUND,
                        "No connection of that name is declared.",
                        "The declared ones are at " + Contract.BASE + "/connections."));
    }

    /**
     * The request, when its connections allow it.
     *
     * @param caller who asks; null for a schedule
     * @throws CaravanException {@code validation}, {@code unknown-connection}, {@code target-protected}, {@code masking-required},
     *     {@code forbidden} when the caller's key is for other targets
     */
    public CopyRequest allow(CopyRequest request, @Variable(Guard.CALLER) Caller caller) {
        if (request.source().equals(request.target())) {
            throw CaravanException.of(
                    ErrorCode.VALIDATION,
                    "The source and the target are the same connection.",
                    "Name two connections: a database is never copied onto itself.");
        }
        ConnectionConfig source = connections.source(request.source());
        connections.target(request.target());
        if (caller != null) {
            caller.requireTarget(request.target());
        }
        boolean asItIs = source.production() && !request.masked(true);
        if (asItIs && (caller == null || !caller.may(Right.UNMASK))) {
            throw CaravanException.of(
                    ErrorCode.MASKING_REQUIRED,
                    "The connection \"" + source.name() + "\" is classified as production.",
                    "Leave mask out, or send true; or name a source that holds no personal data. Only a key with the right "
                            + Right.UNMASK.words() + " may copy it as it is.");
        }
        return request;
    }
}
