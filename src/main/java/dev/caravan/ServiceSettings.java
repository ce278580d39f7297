package dev.caravan;

import dev.caravan.connection.ConnectionConfig;
import dev.caravan.connection.ConnectionSettings;
import dev.caravan.connection.Connections;
import dev.caravan.copy.CopySettings;
import dev.caravan.job.Attempts;
import dev.caravan.job.ReportSigner;
import dev.caravan.job.Retention;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service's own configuration: every {@code caravan.} property, checked as a whole before anything is opened.
 *
 * @param connections the declared databases
 * @param store where jobs are kept
 * @param retention how long what is over is kept
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
        Retention retention,
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

    /**
     * @param given properties that were set from code, which Camel hands out by name only
     * @throws CaravanException {@code configuration} that names every fault at once
     */
    static ServiceSettings read(CamelContext context, Map<String, String> given) {
        List<String> faults = new ArrayList<>();
        SettingSources sources = new SettingSources(context, given, faults);
        ServiceSettings settings = new Reader(sources.values(), faults).settings();
        if (!faults.isEmpty()) {
            throw CaravanException.of(
                    ErrorCode.CONFIGURATION,
                    "The configuration has " + faults.size() + (faults.size() == 1 ? " fault" : " faults")
                            + ":\n  "
                            + faults.stream().map(sources.origins()::placed).collect(Collectors.joining("\n  ")),
                    "Correct the properties above; docs/configuration.md describes each.");
        }
        LOG.info("Settings:\n  {}", String.join("\n  ", sources.described()));
        return settings;
    }

    private static final class Reader {
        private final Map<String, String> properties;
        private final List<String> faults;
        private final SettingValues values;

        Reader(Map<String, String> properties, List<String> faults) {
            this.properties = properties;
            this.faults = faults;
            this.values = new SettingValues(properties, faults);
        }

        ServiceSettings settings() {
            Connections connections = ConnectionSettings.read(properties, faults);
            MaskSettings mask = MaskConfiguration.read(properties, faults);
            readByRoutes();
            List<ScheduleConfig> schedules =
                    ScheduleSettings.read(properties, new CopyRequestCheck(connections, mask), faults);
            List<WebhookConfig> webhooks = WebhookSettings.read(properties, schedules, faults);
            Tls.check(properties, faults);
            return new ServiceSettings(
                    connections,
                    store(),
                    new Retention(values.days("caravan.retention.jobs"), values.days("caravan.retention.audit")),
                    copy(),
                    new Attempts.Limits(
                            values.number("caravan.jobs.attempts"), values.duration("caravan.jobs.retryPause")),
                    values.duration("caravan.yieldAfter"),
                    mask,
                    leakCheck(),
                    reports(),
                    AuthSettings.read(properties, targets(connections), Clock.systemUTC(), faults),
                    schedules,
                    webhooks);
        }

        /** Settings that the routes take by their names: here they are only judged. */
        private void readByRoutes() {
            values.number("caravan.jobs.concurrent");
            for (String period : List.of(
                    "caravan.claim.period",
                    "caravan.repair.period",
                    "caravan.schedules.period",
                    "caravan.webhooks.period",
                    "caravan.retention.period")) {
                values.duration(period);
            }
        }

        private CopySettings copy() {
            String memory = values.text("caravan.target.maintenanceWorkMem");
            if (!memory.matches("[0-9]+(kB|MB|GB)")) {
                values.fault("caravan.target.maintenanceWorkMem", "must be a size such as 256MB");
            }
            int cores = values.number("caravan.cores", Runtime.getRuntime().availableProcessors());
            return new CopySettings(
                    values.number("caravan.workers", cores + 1),
                    cores,
                    Path.of(values.optional("caravan.run.directory")),
                    Arrays.stream(values.optional("caravan.tools.path").split(":"))
                            .filter(path -> !path.isBlank())
                            .map(Path::of)
                            .toList(),
                    values.duration("caravan.lockTimeout"),
                    memory);
        }

        /** Null when something is wrong with it. */
        private StoreSettings store() {
            Duration lease = values.duration("caravan.lease.duration");
            if (values.duration("caravan.lease.renewal").multipliedBy(2).compareTo(lease) > 0) {
                values.fault("caravan.lease.duration", "must be at least twice caravan.lease.renewal");
            }
            int queueLimit = values.number("caravan.store.queueLimit");
            String node = values.optional("caravan.node");
            if (node.isEmpty()) {
                values.fault("caravan.node", "must be a name that no other process of the same store has");
                return null;
            }
            return new StoreSettings(
                    values.text("caravan.store.url"),
                    values.optional("caravan.store.username"),
                    values.optional("caravan.store.password"),
                    node,
                    lease,
                    queueLimit);
        }

        private static Set<String> targets(Connections connections) {
            return connections.all().stream()
                    .filter(connection -> connection.role() == ConnectionConfig.Role.TARGET)
                    .map(ConnectionConfig::name)
                    .collect(Collectors.toSet());
        }

        private LeakCheck.Settings leakCheck() {
            String onHit = values.text("caravan.leakCheck.onHit");
            if (!onHit.matches("fail|warn")) {
                values.fault("caravan.leakCheck.onHit", "must be fail or warn");
            }
            boolean none = values.optional("caravan.leakCheck.time").matches("0s?");
            return new LeakCheck.Settings(
                    none ? Duration.ZERO : values.duration("caravan.leakCheck.time"), onHit.equals("fail"));
        }

        private Optional<ReportSigner> reports() {
            String key = values.optional("caravan.report.key");
            try {
                return key.isEmpty() ? Optional.empty() : Optional.of(ReportSigner.of(key));
            } catch (IllegalArgumentException e) {
                values.fault("caravan.report.key", e.getMessage());
                return Optional.empty();
            }
        }
    }
}
