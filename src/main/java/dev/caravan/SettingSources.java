package dev.caravan;

import dev.caravan.schedule.ScheduleSettings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;

/** Gathers the settings from all the places where they may stand, and follows what they refer to. */
final class SettingSources {
    private static final Pattern REFERENCE = Pattern.compile("\\{\\{\\??(?:([^{}:]+):)?([^{}]+)}}");
    /** The one vault whose secrets have a colon in their address: an engine, and a path in it. */
    private static final Pattern ENGINE_AND_PATH = Pattern.compile("hashicorp [^:]+:[^:]+");

    private static final String NO_SECRETS_HERE =
            ": a secret is given by reference, such as {{env:SHOP_PASSWORD}} or {{file:/run/secrets/shop}}, never in the file itself";

    private final CamelContext context;
    private final List<String> faults;
    private final Map<String, String> written = new TreeMap<>();
    private final Map<String, String> values = new TreeMap<>();
    private final Origins origins;

    /**
     * @param given what was set from code, which Camel hands out by name only
     * @param faults gets a sentence for each fault
     */
    SettingSources(CamelContext context, Map<String, String> given, List<String> faults) {
        this.context = context;
        this.faults = faults;
        if (!context.getPropertiesComponent().hasPropertiesFunction("file")) {
            context.getPropertiesComponent().addPropertiesFunction(new FileSecrets());
        }
        // Camel's ordered properties override entrySet, but not forEach.
        for (Map.Entry<Object, Object> property : context.getPropertiesComponent()
                .loadProperties(key -> key.startsWith(Settings.PREFIX))
                .entrySet()) {
            written.put(String.valueOf(property.getKey()), String.valueOf(property.getValue()));
        }
        given.forEach((key, value) -> {
            if (key.startsWith(Settings.PREFIX)) {
                written.put(key, value);
            }
        });
        for (String key : Settings.names()) {
            if (!written.containsKey(key)) {
                context.getPropertiesComponent().resolveProperty(key).ifPresent(value -> written.put(key, value));
            }
        }
        written.keySet().stream()
                .filter(key -> !given.containsKey(key))
                .toList()
                .forEach(key -> Origins.fromOutside(key).ifPresent(value -> written.put(key, value)));
        origins = Origins.of(context.getPropertiesComponent().getLocations(), given, written);
        written.forEach(this::follow);
    }

    /** The settings with what they refer to in its place; those with a fault are missing. */
    Map<String, String> values() {
        return values;
    }

    /** Where each stands. */
    Origins origins() {
        return origins;
    }

    /** The settings as they count, each with its place and with references instead of secrets. */
    List<String> described() {
        return origins.described(written);
    }

    private void follow(String key, String text) {
        if (!Settings.known(key)) {
            faults.add(key + ": there is no such setting");
        } else if (key.startsWith(ScheduleSettings.PREFIX) && key.endsWith(".request")) {
            // JSON ends in braces of its own, and a request has no secrets to refer to.
            values.put(key, text.trim());
        } else if (!Settings.secret(key) || text.isEmpty() || reference(key, text)) {
            resolve(key, text);
        }
    }

    /** As a whole, and without a default: that would be the secret itself, in the file. */
    private boolean reference(String key, String text) {
        Matcher reference = REFERENCE.matcher(text);
        if (!reference.matches()) {
            faults.add(key + NO_SECRETS_HERE);
            return false;
        }
        String function = reference.group(1);
        boolean plain = !reference.group(2).contains(":");
        if (function == null) {
            return true;
        }
        if (!plain
                && !ENGINE_AND_PATH.matcher(function + " " + reference.group(2)).matches()) {
            faults.add(key + NO_SECRETS_HERE);
            return false;
        }
        if (!context.getPropertiesComponent().hasPropertiesFunction(function)) {
            faults.add(key
                    + ": a secret is referred to at a place that this service cannot ask; it can ask env, file and sys, and a vault whose"
                    + " Camel component is on the class path (docs/configuration.md)");
            return false;
        }
        return true;
    }

    private void resolve(String key, String text) {
        try {
            values.put(key, context.resolvePropertyPlaceholders(text).trim());
        } catch (RuntimeException e) {
            faults.add(key + ": refers to something that is not set, or cannot be read: "
                    + text.replaceAll("(?s).*?\\{\\{([^}?:]*:?[^}?]*).*", "$1"));
        }
    }
}
