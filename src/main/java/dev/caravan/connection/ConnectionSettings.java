package dev.caravan.connection;

import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads {@code caravan.connection.<name>.<setting>} properties; every fault is collected before any is reported. */
public final class ConnectionSettings {
    private static final String PREFIX = "caravan.connection.";
    /** The settings of a connection. */
    public static final Set<String> KNOWN = Collections.unmodifiableSet(new TreeSet<>(Set.of(
            "url",
            "role",
            "classification",
            "username",
            "password",
            "owner",
            "roles",
            "maintenanceDatabase",
            "keepPrevious",
            "endSessions",
            "clonedFrom",
            "afterLoad",
            "extensions.skip",
            "connectTimeout",
            "socketTimeout")));

    private final Map<String, Map<String, String>> byConnection = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();

    private ConnectionSettings() {}

    /**
     * @param properties all properties, placeholders resolved; keys outside {@code caravan.connection.} are passed over
     * @param faults receives one sentence per fault, each naming the property
     */
    public static Connections read(Map<String, String> properties, List<String> faults) {
        ConnectionSettings settings = new ConnectionSettings();
        properties.forEach(settings::add);
        List<ConnectionConfig> configs = new ArrayList<>();
        settings.byConnection.forEach(
                (name, values) -> settings.config(name, values).ifPresent(configs::add));
        for (ConnectionConfig config : configs) {
            config.clonedFrom()
                    .filter(from -> !settings.byConnection.containsKey(from))
                    .ifPresent(from -> settings.fault(config.name(), "clonedFrom", "names no declared connection"));
        }
        faults.addAll(settings.faults);
        return new Connections(configs);
    }

    private void add(String key, String value) {
        if (!key.startsWith(PREFIX)) {
            return;
        }
        String rest = key.substring(PREFIX.length());
        int dot = rest.indexOf('.');
        String setting = dot < 0 ? "" : rest.substring(dot + 1);
        if (!KNOWN.contains(setting)) {
            faults.add(key + ": there is no such setting; there are " + String.join(", ", KNOWN));
            return;
        }
        if (dot == 0) {
            faults.add(key + ": the connection has no name");
            return;
        }
        byConnection
                .computeIfAbsent(rest.substring(0, dot), unused -> new TreeMap<>())
                .put(setting, value.trim());
    }

    private Optional<ConnectionConfig> config(String name, Map<String, String> values) {
        int before = faults.size();
        DatabaseUrl url = null;
        if (!values.containsKey("url")) {
            fault(name, "url", "is missing");
        } else {
            try {
                url = DatabaseUrl.parse(values.get("url"));
            } catch (IllegalArgumentException e) {
                fault(name, "url", e.getMessage());
            }
        }
        ConnectionConfig.Role role = null;
        try {
            role = ConnectionConfig.Role.valueOf(values.getOrDefault("role", "").toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            fault(name, "role", "must be source or target");
        }
        if (values.getOrDefault("username", "").isEmpty()) {
            fault(name, "username", "is missing");
        }
        boolean keepPrevious = flag(name, values, "keepPrevious", false);
        boolean endSessions = flag(name, values, "endSessions", true);
        Duration connectTimeout = duration(name, values, "connectTimeout", Duration.ofSeconds(10));
        Duration socketTimeout = duration(name, values, "socketTimeout", Duration.ofMinutes(5));
        Map<String, String> roles = roleMap(name, values.getOrDefault("roles", ""));
        if (role == ConnectionConfig.Role.SOURCE) {
            for (String setting : List.of(
                    "owner", "roles", "keepPrevious", "endSessions", "clonedFrom", "afterLoad", "extensions.skip")) {
                if (values.containsKey(setting)) {
                    fault(name, setting, "is a setting of targets, and this connection is a source");
                }
            }
        }
        if (faults.size() > before) {
            return Optional.empty();
        }
        return Optional.of(new ConnectionConfig(
                name,
                url,
                role,
                text(values, "classification"),
                values.get("username"),
                text(values, "password").map(Secret::of).orElse(Secret.NONE),
                text(values, "owner"),
                roles,
                values.getOrDefault("maintenanceDatabase", "postgres"),
                keepPrevious,
                endSessions,
                text(values, "clonedFrom"),
                list(values, "afterLoad").stream().map(Path::of).toList(),
                list(values, "extensions.skip"),
                connectTimeout,
                socketTimeout));
    }

    private Map<String, String> roleMap(String name, String text) {
        Map<String, String> roles = new TreeMap<>();
        for (String pair : items(text)) {
            String[] ends = pair.split(":", -1);
            if (ends.length != 2 || ends[0].isBlank() || ends[1].isBlank()) {
                fault(name, "roles", "is a list of source_role:target_role pairs, separated by commas");
            } else {
                roles.put(ends[0].trim(), ends[1].trim());
            }
        }
        return roles;
    }

    private boolean flag(String name, Map<String, String> values, String setting, boolean otherwise) {
        String value = values.getOrDefault(setting, String.valueOf(otherwise));
        if (!value.equals("true") && !value.equals("false")) {
            fault(name, setting, "must be true or false");
        }
        return value.equals("true");
    }

    private Duration duration(String name, Map<String, String> values, String setting, Duration otherwise) {
        String value = values.get(setting);
        if (value == null) {
            return otherwise;
        }
        try {
            Duration duration = Duration.parse("PT" + value.toUpperCase(Locale.ROOT));
            if (!duration.isNegative() && !duration.isZero()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // Reported below, with the form that is understood.
        }
        fault(name, setting, "must be a duration such as 10s or 5m");
        return otherwise;
    }

    private static Optional<String> text(Map<String, String> values, String setting) {
        return Optional.ofNullable(values.get(setting)).filter(value -> !value.isEmpty());
    }

    private static List<String> list(Map<String, String> values, String setting) {
        return items(values.getOrDefault(setting, ""));
    }

    private static List<String> items(String text) {
        return Arrays.stream(text.split(","))
                .map(String::trim)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private void fault(String name, String setting, String sentence) {
        faults.add(PREFIX + name + "." + setting + ": " + sentence);
    }
}
