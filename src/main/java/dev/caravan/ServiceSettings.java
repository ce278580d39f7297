package dev.caravan;

import dev.caravan.connection.ConnectionConfig;
import dev.caravan.connection.ConnectionSettings;
import dev.caravan.connection.Connections;
import dev.caravan.copy.CopySettings;
import dev.caravan.job.Attempts;
import dev.caravan.job.ReportSigner;
import dev.caravan.job.StoreSettings;
import dev.caravan.mask.MaskSettings;
import dev.caravan.rest.Access;
import dev.caravan.rest.AuthSettings;
import dev.caravan.rest.CopyRequestCheck;
import dev.caravan.rest.Tls;
import dev.caravan.schedule.ScheduleConfig;
import dev.caravan.schedule.ScheduleSettings;
import dev.caravan.schedule.WebhookConfig;
import dev.caravan.schedule.WebhookSettings;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.verify.LeakCheck;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service's own configuration: every {@code caravan.} property, checked as a whole before anything is opened.
 *
 * @param connections the declared databases
 * @param store where jobs are kept
 * @param copy how this process copies
 * @param attempts how often a job is begun
 * @param yieldAfter how long a statement on a source may wait for a lock of ours
 * @param mask the key, the policies and the maskers
 * @param leakCheck how masked copies are searched for source values
 * @param reports signs reports; absent without a key
 * @param access who may call
 * @param schedules what is copied at set times
 * @param webhooks who is told when a job ends
 */
record ServiceSettings(
        Connections connections,
        StoreSettings store,
        CopySettings copy,
        Attempts.Limits attempts,
        Duration yieldAfter,
        MaskSettings mask,
        LeakCheck.Settings leakCheck,
        Optional<ReportSigner> reports,
        Access access,
        List<ScheduleConfig> schedules,
        List<WebhookConfig> webhooks) {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceSettings.class);
    private static final String PREFIX = "caravan.";
    private static final String CONNECTION = "caravan.connection.";
    private static final List<String> NAMED =
            List.of(CONNECTION, ScheduleSettings.PREFIX, WebhookSettings.PREFIX, AuthSettings.KEY_PREFIX);
    private static final Duration LONGEST = Duration.ofDays(1);
    /** Every setting but those that have a name in the middle: of connections, schedules and webhooks. */
    static final Set<String> KNOWN = Set.of(
            "caravan.node",
            "caravan.workers",
            "caravan.cores",
            "caravan.jobs.concurrent",
            "caravan.jobs.attempts",
            "caravan.jobs.retryPause",
            "caravan.claim.period",
            "caravan.repair.period",
            "caravan.lease.duration",
            "caravan.lease.renewal",
            "caravan.parts.endpoint",
            "caravan.parts.consumer",
            "caravan.store.url",
            "caravan.store.username",
            "caravan.store.password",
            "caravan.store.queueLimit",
            "caravan.run.directory",
            "caravan.tools.path",
            "caravan.yieldAfter",
            "caravan.lockTimeout",
            "caravan.target.maintenanceWorkMem",
            "caravan.tls.certificate",
            "caravan.tls.key",
            "caravan.auth.enabled",
            "caravan.auth.keysFile",
            "caravan.leakCheck.time",
            "caravan.leakCheck.onHit",
            "caravan.mask.key",
            "caravan.mask.policyFile",
            "caravan.report.key",
            "caravan.schedules.period",
            "caravan.webhooks.period");

    private static final Pattern REFERENCE = Pattern.compile("\\{\\{\\??(?:([^{}:]+):)?[^{}:]+}}");
    private static final Set<String> SECRETS = Set.of("caravan.mask.key", "caravan.report.key");

    /**
     * @param given properties that were set from code, which Camel hands out by name only
     * @throws CaravanException {@code configuration} that names every fault at once
     */
    static ServiceSettings read(CamelContext context, Map<String, String> given) {
        Reader reader = new Reader(context, given);
        ServiceSettings settings = reader.settings();
        if (!reader.faults.isEmpty()) {
            throw CaravanException.of(
                    ErrorCode.CONFIGURATION,
                    "The configuration has " + reader.faults.size() + (reader.faults.size() == 1 ? " fault" : " faults")
                            + ":\n  "
                            + reader.faults.stream().map(reader.origins::placed).collect(Collectors.joining("\n  ")),
                    "Correct the properties above; docs/configuration.md describes each.");
        }
        LOG.info("Settings:\n  {}", String.join("\n  ", reader.origins.described(reader.raw)));
        return settings;
    }

    private static final class Reader {
        private final CamelContext context;
        private final Map<String, String> values = new TreeMap<>();
        private final List<String> faults = new ArrayList<>();
        private final Map<String, String> raw = new TreeMap<>();
        private final Origins origins;

        Reader(CamelContext context, Map<String, String> given) {
            this.context = context;
            // Camel's ordered properties override entrySet, but not forEach.
            for (Map.Entry<Object, Object> property : context.getPropertiesComponent()
                    .loadProperties(key -> key.startsWith(PREFIX))
                    .entrySet()) {
                raw.put(String.valueOf(property.getKey()), String.valueOf(property.getValue()));
            }
            given.forEach((key, value) -> {
                if (key.startsWith(PREFIX)) {
                    raw.put(key, value);
                }
            });
            for (String key : KNOWN) {
                if (!raw.containsKey(key)) {
                    context.getPropertiesComponent().resolveProperty(key).ifPresent(value -> raw.put(key, value));
                }
            }
            raw.keySet().stream()
                    .filter(key -> !given.containsKey(key))
                    .toList()
                    .forEach(key -> Origins.fromOutside(key).ifPresent(value -> raw.put(key, value)));
            origins = Origins.of(context.getPropertiesComponent().getLocations(), given, raw);
            raw.forEach(this::add);
        }

        private void add(String key, String raw) {
            if (NAMED.stream().noneMatch(key::startsWith) && !KNOWN.contains(key)) {
                faults.add(key + ": there is no such setting");
                return;
            }
            if (key.startsWith(ScheduleSettings.PREFIX) && key.endsWith(".request")) {
                // JSON ends in braces of its own, and a request has no secrets to refer to.
                values.put(key, raw.trim());
                return;
            }
            if ((key.endsWith(".password") || secretOfWebhook(key) || SECRETS.contains(key))
                    && !raw.isEmpty()
                    && !reference(raw)) {
                faults.add(key
                        + ": a secret is given by reference, such as {{env:SHOP_PASSWORD}}, never in the file itself");
                return;
            }
            try {
                values.put(key, context.resolvePropertyPlaceholders(raw).trim());
            } catch (RuntimeException e) {
                faults.add(key + ": refers to something that is not set: "
                        + raw.replaceAll("(?s).*?\\{\\{([^}?:]*:?[^}?]*).*", "$1"));
            }
        }

        private static boolean secretOfWebhook(String key) {
            return key.startsWith(WebhookSettings.PREFIX) && key.endsWith(".secret");
        }

        /** As a whole, and without a default: that would be the secret itself, in the file. */
        private boolean reference(String raw) {
            Matcher reference = REFERENCE.matcher(raw);
            return reference.matches()
                    && (reference.group(1) == null
                            || context.getPropertiesComponent().hasPropertiesFunction(reference.group(1)));
        }

        ServiceSettings settings() {
            Connections connections = ConnectionSettings.read(values, faults);
            int cores = number("caravan.cores", Runtime.getRuntime().availableProcessors());
            Duration lease = duration("caravan.lease.duration", Duration.ofSeconds(30));
            if (duration("caravan.lease.renewal", Duration.ofSeconds(5))
                            .multipliedBy(2)
                            .compareTo(lease)
                    > 0) {
                faults.add("caravan.lease.duration: must be at least twice caravan.lease.renewal");
            }
            number("caravan.jobs.concurrent", 1);
            duration("caravan.claim.period", Duration.ofSeconds(2));
            duration("caravan.repair.period", Duration.ofSeconds(10));
            String node = values.getOrDefault("caravan.node", "");
            if (node.isEmpty()) {
                faults.add("caravan.node: must be a name that no other process of the same store has");
            }
            String memory = values.getOrDefault("caravan.target.maintenanceWorkMem", "256MB");
            if (!memory.matches("[0-9]+(kB|MB|GB)")) {
                faults.add("caravan.target.maintenanceWorkMem: must be a size such as 256MB");
            }
            CopySettings copy = new CopySettings(
                    number("caravan.workers", cores + 1),
                    cores,
                    Path.of(values.getOrDefault("caravan.run.directory", "")),
                    Arrays.stream(values.getOrDefault("caravan.tools.path", "").split(":"))
                            .filter(path -> !path.isBlank())
                            .map(Path::of)
                            .toList(),
                    duration("caravan.lockTimeout", Duration.ofSeconds(30)),
                    memory);
            int queueLimit = number("caravan.store.queueLimit", 100);
            MaskSettings mask = MaskConfiguration.read(values, faults);
            duration("caravan.schedules.period", Duration.ofSeconds(10));
            duration("caravan.webhooks.period", Duration.ofSeconds(2));
            List<ScheduleConfig> schedules =
                    ScheduleSettings.read(values, new CopyRequestCheck(connections, mask), faults);
            List<WebhookConfig> webhooks = WebhookSettings.read(values, schedules, faults);
            Tls.check(values, faults);
            Access access = AuthSettings.read(
                    values,
                    connections.all().stream()
                            .filter(connection -> connection.role() == ConnectionConfig.Role.TARGET)
                            .map(ConnectionConfig::name)
                            .collect(Collectors.toSet()),
                    Clock.systemUTC(),
                    faults);
            StoreSettings store = faults.isEmpty()
                    ? new StoreSettings(
                            values.getOrDefault("caravan.store.url", "jdbc:sqlite:caravan.db"),
                            values.getOrDefault("caravan.store.username", ""),
                            values.getOrDefault("caravan.store.password", ""),
                            node,
                            lease,
                            queueLimit)
                    : null;
            Attempts.Limits attempts = new Attempts.Limits(
                    number("caravan.jobs.attempts", 3), duration("caravan.jobs.retryPause", Duration.ofSeconds(30)));
            return new ServiceSettings(
                    connections,
                    store,
                    copy,
                    attempts,
                    duration("caravan.yieldAfter", Duration.ofSeconds(30)),
                    mask,
                    leakCheck(),
                    reports(),
                    access,
                    schedules,
                    webhooks);
        }

        private LeakCheck.Settings leakCheck() {
            String onHit = values.getOrDefault("caravan.leakCheck.onHit", "fail");
            if (!onHit.matches("fail|warn")) {
                faults.add("caravan.leakCheck.onHit: must be fail or warn");
            }
            boolean none = values.getOrDefault("caravan.leakCheck.time", "").matches("0s?");
            return new LeakCheck.Settings(
                    none ? Duration.ZERO : duration("caravan.leakCheck.time", Duration.ofMinutes(5)),
                    onHit.equals("fail"));
        }

        private Optional<ReportSigner> reports() {
            String key = values.getOrDefault("caravan.report.key", "");
            try {
                return key.isEmpty() ? Optional.empty() : Optional.of(ReportSigner.of(key));
            } catch (IllegalArgumentException e) {
                faults.add("caravan.report.key: " + e.getMessage());
                return Optional.empty();
            }
        }

        private int number(String key, int otherwise) {
            String value = values.getOrDefault(key, "");
            if (value.isEmpty()) {
                return otherwise;
            }
            if (!value.matches("[1-9][0-9]{0,3}")) {
                faults.add(key + ": must be a whole number from 1 to 9999");
                return otherwise;
            }
            return Integer.parseInt(value);
        }

        private Duration duration(String key, Duration otherwise) {
            String value = values.getOrDefault(key, "");
            if (value.isEmpty()) {
                return otherwise;
            }
            try {
                Duration duration = value.matches("[0-9]+")
                        ? Duration.ofMillis(Long.parseLong(value))
                        : Duration.parse("PT" + value.toUpperCase(Locale.ROOT));
                if (duration.compareTo(Duration.ZERO) > 0 && duration.compareTo(LONGEST) <= 0) {
                    return duration;
                }
            } catch (DateTimeParseException | NumberFormatException e) {
                // Reported below, with the form that is understood.
            }
            faults.add(key + ": must be a duration such as 30s or 5m, at most a day");
            return otherwise;
        }
    }
}
