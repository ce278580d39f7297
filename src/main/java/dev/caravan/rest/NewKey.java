package dev.caravan.rest;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A key that has just been made: the one moment at which its text is known.
 *
 * @param name the key's name
 * @param text what callers send
 * @param settings the lines for the file of keys, which hold only its hash, by setting
 */
public record NewKey(String name, String text, TreeMap<String, String> settings) {
    /**
     * @param targets names of target connections; empty for all
     */
    public static NewKey make(String name, Role role, Optional<Instant> expires, Set<String> targets) {
        String text = ApiKey.random();
        TreeMap<String, String> settings = new TreeMap<>();
        settings.put(name + ".hash", ApiKey.hex(ApiKey.hashOf(text)));
        settings.put(name + ".role", role.word());
        expires.ifPresent(instant -> settings.put(name + ".expires", instant.toString()));
        if (!targets.isEmpty()) {
            settings.put(
                    name + ".targets",
                    String.join(",", targets.stream().sorted().toList()));
        }
        return new NewKey(name, text, settings);
    }
}
