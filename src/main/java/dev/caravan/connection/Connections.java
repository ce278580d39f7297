package dev.caravan.connection;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The connections that the operator declared, by name. Immutable. */
public final class Connections {
    private final Map<String, ConnectionConfig> byName;

    public Connections(Collection<ConnectionConfig> configs) {
        byName = new TreeMap<>();
        for (ConnectionConfig config : configs) {
            byName.put(config.name(), config);
        }
    }

    public Collection<ConnectionConfig> all() {
        return byName.values();
    }

    /**
     * The connection of that name.
     *
     * @throws CaravanException {@code unknown-connection}
     */
    public ConnectionConfig named(String name) {
        ConnectionConfig config = byName.get(name);
        if (config == null) {
            throw CaravanException.of(
                    ErrorCode.UNKNOWN_CONNECTION,
                    "No connection named \"" + name + "\" is declared.",
                    byName.isEmpty()
                            ? "Declare it with caravan.connection." + name + ".url and .role."
                            : "Declared are: " + String.join(", ", byName.keySet()) + ".");
        }
        return config;
    }

    /**
     * The connection of that name, to be read.
     *
     * @throws CaravanException {@code unknown-connection}, or {@code validation} for a target
     */
    public ConnectionConfig source(String name) {
        ConnectionConfig config = named(name);
        if (config.role() != ConnectionConfig.Role.SOURCE) {
            throw CaravanException.of(
                    ErrorCode.VALIDATION,
                    "The connection \"" + name + "\" is declared as a target.",
                    "Name a connection whose role is source.");
        }
        return config;
    }

    /**
     * The connection of that name, to be replaced.
     *
     * @throws CaravanException {@code unknown-connection}, or {@code target-protected} for a source
     */
    public ConnectionConfig target(String name) {
        ConnectionConfig config = named(name);
        if (config.role() != ConnectionConfig.Role.TARGET) {
            throw CaravanException.of(
                    ErrorCode.TARGET_PROTECTED,
                    "The connection \"" + name + "\" is declared as a source, and a source is never written.",
                    "Name a connection whose role is target.");
        }
        return config;
    }
}
