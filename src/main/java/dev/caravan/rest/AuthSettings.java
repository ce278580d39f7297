package dev.caravan.rest;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads {@code caravan.auth.*}: whether callers must say who they are, and the keys, which stand in a file or among the properties. Every fault is
 * collected before any is reported, and none quotes a value.
 */
public final class AuthSettings {
    /** What all properties of keys begin with that do not stand in a file of their own. */
    public static final String KEY_PREFIX = "caravan.auth.key.";

    private static final String ENABLED = "caravan.auth.enabled";
    private static final String FILE = "caravan.auth.keysFile";
    /** The settings of a key. */
    public static final Set<String> KNOWN = Set.of("hash", "role", "expires", "targets");

    private static final String MAKE_ONE = "make one with ./caravan key new NAME --role admin";

    private final List<String> faults;
    private final Map<String, Map<String, String>> keys = new TreeMap<>();

    private AuthSettings(List<String> faults) {
        this.faults = faults;
    }

    /**
     * @param properties all properties; those of other parts are passed over
     * @param targets names of the declared target connections
     * @param faults gets a sentence for each fault, which names the property
     */
    public static Access read(Map<String, String> properties, Set<String> targets, Clock clock, List<String> faults) {
        String enabled = properties.getOrDefault(ENABLED, "true");
        if (!enabled.matches("true|false")) {
            faults.add(ENABLED + ": must be true or false");
        }
        if (enabled.equals("false")) {
            return Access.open();
        }
        int before = faults.size();
        AuthSettings settings = new AuthSettings(faults);
        properties.forEach((property, value) -> {
            if (property.startsWith(KEY_PREFIX)) {
                settings.add(KEY_PREFIX, property.substring(KEY_PREFIX.length()), value);
            }
        });
        String file = properties.getOrDefault(FILE, "");
        if (!file.isEmpty()) {
            settings.addFile(Path.of(file));
        }
        List<ApiKey> read = new ArrayList<>();
        settings.keys.forEach(
                (name, values) -> settings.key(name, values, targets).ifPresent(read::add));
        if (read.isEmpty() && faults.size() == before) {
            faults.add(FILE + ": no API key is declared; " + MAKE_ONE
                    + " and put the lines that it prints into this file, or set " + ENABLED
                    + " = false for a service that only this machine reaches");
        }
        return new Access(true, new ApiKeys(read, clock), false);
    }

    private void addFile(Path file) {
        Properties lines = new Properties();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            lines.load(in);
        } catch (IOException | IllegalArgumentException e) {
            faults.add(FILE + ": the file cannot be read");
            return;
        }
        lines.forEach((name, value) -> add(FILE + ": ", String.valueOf(name), String.valueOf(value)));
    }

    private void add(String where, String property, String value) {
        int dot = property.lastIndexOf('.');
        if (dot < 1 || !KNOWN.contains(property.substring(dot + 1))) {
            faults.add(where + property + ": is none of a key's settings, which are "
                    + String.join(", ", new TreeSet<>(KNOWN)));
            return;
        }
        keys.computeIfAbsent(property.substring(0, dot), unused -> new TreeMap<>())
                .put(property.substring(dot + 1), value.trim());
    }

    private Optional<ApiKey> key(String name, Map<String, String> values, Set<String> targets) {
        int before = faults.size();
        String prefix = "the API key \"" + name + "\": ";
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,62}")) {
            faults.add(prefix + "its name must be letters, digits, - and _");
        }
        String hash = values.getOrDefault("hash", "");
        if (!hash.matches("[0-9a-fA-F]{64}")) {
            faults.add(prefix + "hash must be the SHA-256 of the key in hexadecimal; " + MAKE_ONE);
        }
        Optional<Role> role = Role.of(values.getOrDefault("role", ""));
        if (role.isEmpty()) {
            faults.add(prefix + "role must be one of " + Role.words());
        }
        Optional<Instant> expires = expiry(prefix, values.getOrDefault("expires", ""));
        Set<String> chosen = Arrays.stream(values.getOrDefault("targets", "").split(","))
                .map(String::trim)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        if (!targets.containsAll(chosen)) {
            faults.add(prefix + "targets names a connection that is not a declared target");
        }
        return faults.size() > before
                ? Optional.empty()
                : Optional.of(new ApiKey(
                        new Caller(name, role.orElseThrow(), chosen),
                        HexFormat.of().parseHex(hash),
                        expires));
    }

    /** A day, to whose end in UTC the key works, or an instant. */
    private Optional<Instant> expiry(String prefix, String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(text));
        } catch (DateTimeException e) {
            faults.add(prefix + "expires must be a day such as 2027-01-31, or an instant such as 2027-01-31T12:00:00Z");
            return Optional.empty();
        }
    }

    /** @throws DateTimeException when it is neither a day nor an instant */
    public static Instant parse(String text) {
        return text.matches("\\d{4}-\\d{2}-\\d{2}")
                ? LocalDate.parse(text).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()
                : Instant.parse(text);
    }
}
