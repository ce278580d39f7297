package dev.caravan.schedule;

import dev.caravan.job.JobState;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code caravan.webhook.<name>.<setting>}; every fault is collected before any is reported, and none quotes a value. */
public final class WebhookSettings {
    /** What all properties of webhooks begin with. */
    public static final String PREFIX = "caravan.webhook.";

    /** The settings of a webhook. */
    public static final Set<String> KNOWN = Set.of("url", "secret", "on", "schedules", "allowLocal", "retryAfter");

    private static final Map<String, JobState> ENDS =
            Map.of("success", JobState.SUCCEEDED, "failure", JobState.FAILED, "cancel", JobState.CANCELLED);
    private static final int SHORTEST_SECRET = 16;
    private static final Duration LONGEST = Duration.ofHours(1);

    private final List<String> faults;
    private final Set<String> scheduleNames = new TreeSet<>();

    private WebhookSettings(List<String> faults) {
        this.faults = faults;
    }

    /**
     * @param properties all properties; those of other parts are passed over
     * @param schedules the declared ones, which a webhook may name
     * @param faults gets a sentence for each fault, which names the property
     */
    public static List<WebhookConfig> read(
            Map<String, String> properties, List<ScheduleConfig> schedules, List<String> faults) {
        WebhookSettings settings = new WebhookSettings(faults);
        schedules.forEach(schedule -> settings.scheduleNames.add(schedule.name()));
        List<WebhookConfig> configs = new ArrayList<>();
        Named.byName(PREFIX, KNOWN, properties, faults)
                .forEach((name, values) -> settings.config(name, values).ifPresent(configs::add));
        return List.copyOf(configs);
    }

    private Optional<WebhookConfig> config(String name, Map<String, String> values) {
        int before = faults.size();
        String prefix = PREFIX + name + ".";
        Optional<URI> url = url(values.getOrDefault("url", ""));
        if (url.isEmpty()) {
            faults.add(prefix + "url: must be an http or https address with a host, without a login or a fragment");
        }
        String secret = values.getOrDefault("secret", "");
        if (secret.length() < SHORTEST_SECRET) {
            faults.add(prefix + "secret: must refer to at least " + SHORTEST_SECRET
                    + " characters, as openssl rand -hex 32 makes them");
        }
        Set<JobState> on = EnumSet.noneOf(JobState.class);
        for (String word : words(values.getOrDefault("on", "success,failure,cancel"))) {
            Optional.ofNullable(ENDS.get(word))
                    .ifPresentOrElse(
                            on::add, () -> faults.add(prefix + "on: must be a list of success, failure, cancel"));
        }
        Set<String> schedules = new TreeSet<>(words(values.getOrDefault("schedules", "")));
        if (!scheduleNames.containsAll(schedules)) {
            faults.add(prefix + "schedules: names a schedule that is not declared");
        }
        String allowLocal = values.getOrDefault("allowLocal", "false");
        if (!allowLocal.matches("true|false")) {
            faults.add(prefix + "allowLocal: must be true or false");
        }
        Duration retryAfter = retryAfter(prefix, values.getOrDefault("retryAfter", "PT10S"));
        return faults.size() > before
                ? Optional.empty()
                : Optional.of(new WebhookConfig(
                        name, url.orElseThrow(), secret, on, schedules, Boolean.parseBoolean(allowLocal), retryAfter));
    }

    private static Optional<URI> url(String text) {
        try {
            URI url = new URI(text);
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            return http && url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null
                    ? Optional.of(url)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private Duration retryAfter(String prefix, String text) {
        try {
            Duration duration = Duration.parse(text);
            if (duration.compareTo(Duration.ZERO) > 0 && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        } catch (DateTimeException e) {
            // Reported below, with the form that is understood.
        }
        faults.add(prefix + "retryAfter: must be a duration such as PT10S, at most an hour");
        return LONGEST;
    }

    private static List<String> words(String list) {
        return Arrays.stream(list.split(","))
                .map(String::trim)
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
