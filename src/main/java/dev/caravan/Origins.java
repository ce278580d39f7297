package dev.caravan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Where each setting comes from: a line of a file, the environment, the command or the service itself. Immutable. */
final class Origins {
    private static final String FILE = "file:";

    private final Map<String, String> byKey;

    private Origins(Map<String, String> byKey) {
        this.byKey = Map.copyOf(byKey);
    }

    /**
     * @param locations where properties are read from, as Camel names them; of two that have a setting the first counts
     * @param given what was set from code
     * @param effective all settings
     */
    static Origins of(List<String> locations, Map<String, String> given, Map<String, String> effective) {
        Map<String, List<String>> files = new LinkedHashMap<>();
        locations.stream()
                .filter(location -> location.startsWith(FILE))
                .map(location -> Path.of(location.substring(FILE.length())))
                .forEach(file -> files.put(file.getFileName().toString(), lines(file)));
        Map<String, String> origins = new TreeMap<>();
        effective.keySet().forEach(key -> origins.put(key, origin(key, given, files)));
        return new Origins(origins);
    }

    private static String origin(String key, Map<String, String> given, Map<String, List<String>> files) {
        if (given.containsKey(key)) {
            return "command";
        }
        if (fromOutside(key).isPresent()) {
            return System.getProperty(key) != null ? "system property" : variable(key);
        }
        return files.entrySet().stream()
                .map(file -> line(file.getValue(), key).map(line -> file.getKey() + ":" + line))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse("default");
    }

    /** What the environment or a system property says of a setting; both win over files, as they do for Camel's own settings. */
    static Optional<String> fromOutside(String key) {
        return Optional.ofNullable(System.getProperty(key)).or(() -> Optional.ofNullable(System.getenv(variable(key))));
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            // It was read a moment ago; without its lines its name has to do.
            return List.of();
        }
    }

    /** Of a key that is there twice the last line counts. */
    private static Optional<Integer> line(List<String> lines, String key) {
        Pattern written = Pattern.compile("\\s*" + Pattern.quote(key) + "\\s*([=: ].*)?");
        Optional<Integer> found = Optional.empty();
        for (int i = 0; i < lines.size(); i++) {
            if (written.matcher(lines.get(i)).matches()) {
                found = Optional.of(i + 1);
            }
        }
        return found;
    }

    /** Where it was set; absent for what is not set. */
    Optional<String> of(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** A fault that begins with a setting's name, with the place of the setting. */
    String placed(String fault) {
        int colon = fault.indexOf(": ");
        return colon < 0
                ? fault
                : of(fault.substring(0, colon))
                        .map(place -> fault + "  [" + place + "]")
                        .orElse(fault);
    }

    /**
     * The settings as they count, each on a line with its place. A secret stands there as the reference by which it was given; what may hold
     * one in passing, the end of an address, is left out.
     */
    List<String> described(Map<String, String> effective) {
        return effective.entrySet().stream()
                .map(setting -> setting.getKey() + " = " + shown(setting.getKey(), setting.getValue()) + "  ["
                        + of(setting.getKey()).orElse("default") + "]")
                .toList();
    }

    private static String shown(String key, String value) {
        if (key.startsWith("caravan.webhook.") && key.endsWith(".url")) {
            return value.replaceFirst("^([a-z]+://[^/]*/).+", "$1…");
        }
        return key.endsWith(".url") ? value.replaceFirst("\\?.*", "?…") : value;
    }
}
