package dev.caravan.schedule;

import dev.caravan.job.CopyRequest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.quartz.CronExpression;

/** Reads {@code caravan.schedule.<name>.<setting>}; every fault is collected before any is reported. */
public final class ScheduleSettings {
    /** What all properties of schedules begin with. */
    public static final String PREFIX = "caravan.schedule.";

    /** The settings of a schedule. */
    public static final Set<String> KNOWN =
            Set.of("cron", "zone", "request", "overlap", "missed", "missedWithin", "paused");

    private static final Duration LONGEST = Duration.ofDays(31);

    /** Judges a request as the API would. */
    @FunctionalInterface
    public interface RequestCheck {
        /**
         * @param json the body that a call would send
         * @param faults gets a sentence for each fault
         * @return none when there are faults
         */
        Optional<CopyRequest> read(String json, List<String> faults);
    }

    private final List<String> faults;
    private final RequestCheck check;

    private ScheduleSettings(List<String> faults, RequestCheck check) {
        this.faults = faults;
        this.check = check;
    }

    /**
     * @param properties all properties; those of other parts are passed over
     * @param faults gets a sentence for each fault, which names the property
     * @return by name
     */
    public static List<ScheduleConfig> read(Map<String, String> properties, RequestCheck check, List<String> faults) {
        ScheduleSettings settings = new ScheduleSettings(faults, check);
        Map<String, Map<String, String>> byName = Named.byName(PREFIX, KNOWN, properties, faults);
        List<ScheduleConfig> configs = new ArrayList<>();
        byName.forEach((name, values) -> settings.config(name, values).ifPresent(configs::add));
        return List.copyOf(configs);
    }

    private Optional<ScheduleConfig> config(String name, Map<String, String> values) {
        int before = faults.size();
        String prefix = PREFIX + name + ".";
        String expression = values.getOrDefault("cron", "");
        if (!CronExpression.isValidExpression(expression)) {
            faults.add(prefix + "cron: must be a Quartz cron expression of six or seven fields, such as 0 0 2 * * ? for"
                    + " every night at two");
        }
        ZoneId zone = zone(prefix, values.getOrDefault("zone", "UTC"));
        ScheduleConfig.Overlap overlap = choice(prefix + "overlap", values, "overlap", ScheduleConfig.Overlap.SKIP);
        ScheduleConfig.Missed missed = choice(prefix + "missed", values, "missed", ScheduleConfig.Missed.RUN);
        Duration missedWithin = missedWithin(prefix, values.getOrDefault("missedWithin", "PT12H"));
        String paused = values.getOrDefault("paused", "false");
        if (!paused.matches("true|false")) {
            faults.add(prefix + "paused: must be true or false");
        }
        String body = values.getOrDefault("request", "");
        Optional<CopyRequest> request = request(prefix + "request", body);
        if (faults.size() > before) {
            return Optional.empty();
        }
        return Optional.of(new ScheduleConfig(
                name,
                new Cron(expression, zone),
                request.orElseThrow(),
                body,
                overlap,
                missed,
                missedWithin,
                Boolean.parseBoolean(paused)));
    }

    private Optional<CopyRequest> request(String key, String body) {
        if (body.isEmpty()) {
            faults.add(key + ": must be the body of a copy job, as JSON");
            return Optional.empty();
        }
        List<String> found = new ArrayList<>();
        Optional<CopyRequest> request = check.read(body, found);
        found.forEach(fault -> faults.add(key + ": " + fault));
        return request;
    }

    private ZoneId zone(String prefix, String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            faults.add(prefix + "zone: must be a time zone such as Europe/Berlin");
            return ZoneId.of("UTC");
        }
    }

    private Duration missedWithin(String prefix, String text) {
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative() && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        } catch (DateTimeException e) {
            // Reported below, with the form that is understood.
        }
        faults.add(prefix + "missedWithin: must be a duration such as PT12H, at most 31 days");
        return Duration.ZERO;
    }

    private <E extends Enum<E>> E choice(String key, Map<String, String> values, String name, E otherwise) {
        String text = values.getOrDefault(name, "");
        Map<String, E> choices = new TreeMap<>();
        for (E each : otherwise.getDeclaringClass().getEnumConstants()) {
            choices.put(each.name().toLowerCase(Locale.ROOT), each);
        }
        if (!text.isEmpty() && !choices.containsKey(text)) {
            faults.add(key + ": must be one of " + String.join(", ", choices.keySet()));
        }
        return choices.getOrDefault(text, otherwise);
    }
}
