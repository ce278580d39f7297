package dev.caravan;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Settings as they count, read as what they mean; whatever cannot be read so is a fault. Where nothing is set the catalogue's default counts. */
final class SettingValues {
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int MOST_DAYS = 36_500;

    private final Map<String, String> values;
    private final List<String> faults;

    /** @param faults gets a sentence for each fault, which begins with the setting's name */
    SettingValues(Map<String, String> values, List<String> faults) {
        this.values = values;
        this.faults = faults;
    }

    void fault(String name, String what) {
        faults.add(name + ": " + what);
    }

    /** Empty when it is not set and has no default. */
    String optional(String name) {
        return values.getOrDefault(name, "");
    }

    String text(String name) {
        String value = optional(name);
        return value.isEmpty() ? Settings.otherwise(name) : value;
    }

    int number(String name) {
        return Integer.parseInt(number(name, Settings.otherwise(name)));
    }

    /** For a setting whose default depends on the machine. */
    int number(String name, int otherwise) {
        return Integer.parseInt(number(name, String.valueOf(otherwise)));
    }

    private String number(String name, String otherwise) {
        String value = optional(name);
        if (!value.isEmpty() && !value.matches("[1-9][0-9]{0,3}")) {
            fault(name, "must be a whole number from 1 to 9999");
            return otherwise;
        }
        return value.isEmpty() ? otherwise : value;
    }

    Duration duration(String name) {
        Optional<Duration> read = duration(text(name), LONGEST);
        if (read.isEmpty()) {
            fault(name, "must be a duration such as 30s or 5m, at most a day");
        }
        return read.orElseGet(() -> duration(Settings.otherwise(name), LONGEST).orElseThrow());
    }

    private static Optional<Duration> duration(String text, Duration longest) {
        try {
            Duration duration = text.matches("[0-9]+")
                    ? Duration.ofMillis(Long.parseLong(text))
                    : Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
            return Optional.of(duration)
                    .filter(it -> it.compareTo(Duration.ZERO) > 0)
                    .filter(it -> it.compareTo(longest) <= 0);
        } catch (DateTimeParseException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Days; absent for {@code forever}. */
    Optional<Duration> days(String name) {
        String value = text(name);
        if (value.equals("forever")) {
            return Optional.empty();
        }
        if (!value.matches("[1-9][0-9]{0,4}d") || count(value) > MOST_DAYS) {
            fault(name, "must be a number of days such as 90d, or forever");
            return Optional.of(Duration.ofDays(count(Settings.otherwise(name))));
        }
        return Optional.of(Duration.ofDays(count(value)));
    }

    private static int count(String value) {
        return Integer.parseInt(value.substring(0, value.length() - 1));
    }
}
