package dev.caravan;

import dev.caravan.schedule.WebhookSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Every setting there is. The tables of {@code docs/configuration.md} are made of it, and what is not here is refused at the start. */
final class Settings {
    static final String PREFIX = "caravan.";

    private static final SettingGroup WORK = new SettingGroup(
            "work",
            "",
            List.of(
                    Setting.none(
                            "caravan.workers",
                            "processors + 1",
                            "parts copied, indexes built and keys added at the same time, over all jobs; fewer when a server has"
                                    + " fewer free connections"),
                    Setting.none(
                            "caravan.cores",
                            "processors",
                            "cores of this machine; large tables are cut into ranges only where there are more than two"),
                    Setting.of("caravan.jobs.concurrent", "1", "jobs that run at the same time in this process"),
                    Setting.of(
                            "caravan.jobs.attempts",
                            "3",
                            "how often a job is begun at most: again from zero, under a new snapshot, when a server went away, a"
                                    + " standby cancelled a read or the snapshot was lost after PREFLIGHT"),
                    Setting.of(
                            "caravan.jobs.retryPause",
                            "30s",
                            "how long the second attempt waits; each later one waits twice as long, at most ten minutes"),
                    Setting.of(
                            "caravan.parts.endpoint",
                            "seda:work?queue=#workQueue",
                            "where units of work are handed out"),
                    Setting.of(
                            "caravan.parts.consumer",
                            "&concurrentConsumers={{caravan.workers}}",
                            "what the workers add to that address"),
                    Setting.of("caravan.lockTimeout", "30s", "how long a lock on the source may be waited for"),
                    Setting.of(
                            "caravan.yieldAfter",
                            "30s",
                            "how long a statement on the source may wait for a lock of a job before the job gives way"),
                    Setting.of(
                            "caravan.target.maintenanceWorkMem",
                            "256MB",
                            "memory of the target's server for one index build"),
                    Setting.none(
                            "caravan.run.directory",
                            "`caravan` in the temporary directory",
                            "files for the client programs, readable by this user only, removed after use"),
                    Setting.none(
                            "caravan.tools.path",
                            "none",
                            "directories with `pg_dump` and `pg_restore`, separated by colons; then `PATH` and the usual places")));

    private static final SettingGroup JOBS = new SettingGroup(
            "jobs",
            "",
            List.of(
                    Setting.of(
                            "caravan.store.url",
                            "jdbc:sqlite:caravan.db",
                            "where jobs are kept; a PostgreSQL address when several processes share them"),
                    Setting.none("caravan.store.username", "none", "the store's login"),
                    Setting.none("caravan.store.password", "none", "its password, by reference"),
                    Setting.of("caravan.store.queueLimit", "100", "jobs that may wait"),
                    Setting.none(
                            "caravan.node",
                            "made from process and time",
                            "a name that no other process of the same store has"),
                    Setting.of(
                            "caravan.claim.period",
                            "2s",
                            "how often a waiting job is looked for that another process stored"),
                    Setting.of(
                            "caravan.repair.period", "10s", "how often jobs of a process that is gone are looked for"),
                    Setting.of(
                            "caravan.lease.duration",
                            "30s",
                            "how long a job stays its process's without a sign of life; at least twice the renewal"),
                    Setting.of("caravan.lease.renewal", "5s", "how often that sign is given"),
                    Setting.of(
                            "caravan.retention.jobs",
                            "90d",
                            "how long a job that has ended is kept, with its report, its events and what was told of it, and a"
                                    + " search for personal data: days, or `forever`. A schedule's last run and last success stay"),
                    Setting.of(
                            "caravan.retention.audit",
                            "400d",
                            "how long it is kept who changed what: days, or `forever`"),
                    Setting.of("caravan.retention.period", "1h", "how often what is older is looked for and removed")));

    private static final SettingGroup MASKING = new SettingGroup(
            "masking",
            "",
            List.of(
                    Setting.none(
                            "caravan.mask.key",
                            "none",
                            "the secret that masked values depend on, by reference: at least 128 random bits in hexadecimal or"
                                    + " Base64, as `openssl rand -hex 32` makes them; without it nothing is copied masked"),
                    Setting.none(
                            "caravan.mask.policyFile",
                            "none",
                            "the policy file, read at the start: [masking.md](masking.md)"),
                    Setting.of(
                            "caravan.leakCheck.time",
                            "5m",
                            "how long a masked job may read source values to look for, and how long search the new database for them before"
                                    + " the swap; `0s` for no search, which is warned of"),
                    Setting.of(
                            "caravan.leakCheck.onHit",
                            "fail",
                            "whether a source value that is found fails the job, or is a warning (`warn`)"),
                    Setting.none(
                            "caravan.report.key",
                            "none",
                            "signs each job’s report (HMAC-SHA256); a reference, at least 16 characters; without it reports are not"
                                    + " signed")));

    private static final SettingGroup CLOCKS = new SettingGroup(
            "clocks",
            "",
            List.of(
                    Setting.of(
                            "caravan.schedules.period",
                            "10s",
                            "how often times are looked for that were missed, or wait"),
                    Setting.of(
                            "caravan.webhooks.period",
                            "2s",
                            "how often ends of jobs are looked for that are to be told")));

    private static final SettingGroup CALLERS = new SettingGroup(
            "callers",
            "",
            List.of(
                    Setting.of(
                            "caravan.auth.enabled",
                            "true",
                            "`false` asks nobody for a key, and needs loopback addresses below"),
                    Setting.none(
                            "caravan.auth.keysFile", "none", "the API keys, by hash: [security.md](security.md)")));

    private static final SettingGroup HTTP = new SettingGroup(
            "http",
            "",
            List.of(
                    Setting.none(
                            "caravan.tls.certificate",
                            "none",
                            "PEM file of a certificate and those that lead to its root: both ports then speak HTTPS only"),
                    Setting.none("caravan.tls.key", "none", "PEM file of its key, not encrypted")));

    /** In the page's order. */
    static final List<SettingGroup> GROUPS = List.of(
            NamedSettings.CONNECTIONS,
            WORK,
            JOBS,
            MASKING,
            NamedSettings.SCHEDULES,
            NamedSettings.WEBHOOKS,
            CLOCKS,
            CALLERS,
            NamedSettings.KEYS,
            HTTP);

    private static final Map<String, Setting> BY_NAME = GROUPS.stream()
            .filter(group -> !group.named())
            .flatMap(group -> group.settings().stream())
            .collect(Collectors.toMap(Setting::name, setting -> setting, (one, same) -> one, TreeMap::new));

    private Settings() {}

    /** Every setting but those of named things. */
    static Set<String> names() {
        return BY_NAME.keySet();
    }

    /** Whether there is such a setting, or such a group of named things, whose reader knows more. */
    static boolean known(String key) {
        return BY_NAME.containsKey(key)
                || GROUPS.stream().anyMatch(group -> group.named() && key.startsWith(group.prefix()));
    }

    /** What counts when nothing is set; of a setting that has such a value. */
    static String otherwise(String name) {
        return BY_NAME.get(name).value().orElseThrow();
    }

    /** Whether a setting holds a secret, which is given by reference and never in the file itself. */
    static boolean secret(String key) {
        return key.endsWith(".password")
                || key.equals("caravan.mask.key")
                || key.equals("caravan.report.key")
                || key.startsWith(WebhookSettings.PREFIX) && key.endsWith(".secret");
    }
}
