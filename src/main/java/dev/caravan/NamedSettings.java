package dev.caravan;

import dev.caravan.rest.AuthSettings;
import dev.caravan.schedule.ScheduleSettings;
import dev.caravan.schedule.WebhookSettings;
import java.util.List;

/** The settings of things that the operator names: {@code caravan.connection.<name>.<setting>} and its like. */
final class NamedSettings {
    static final String CONNECTION = "caravan.connection.";

    static final SettingGroup CONNECTIONS = new SettingGroup(
            "connections",
            CONNECTION,
            List.of(
                    Setting.none(
                            "url",
                            "–",
                            "`jdbc:postgresql://host:port/database`; after `?` only `sslmode`, `sslrootcert`, `sslcert`, `sslkey`,"
                                    + " `gssEncMode`, `connectTimeout`, `loginTimeout`, `socketTimeout`"),
                    Setting.none("role", "–", "`source` is only read, `target` may be replaced"),
                    Setting.none("username", "–", "the login"),
                    Setting.none("password", "none", "its password, by reference"),
                    Setting.none(
                            "classification", "none", "`production` marks a source that may only be copied masked"),
                    Setting.of("connectTimeout", "10s", "how long opening a session may take"),
                    Setting.of(
                            "socketTimeout",
                            "5m",
                            "how long a server may stay silent within a statement other than COPY and index builds"),
                    Setting.of(
                            "maintenanceDatabase", "postgres", "from where databases are created, renamed and dropped"),
                    Setting.none("owner", "as on the source", "who owns the new database and its objects")
                            .onlyOf("target"),
                    Setting.none("roles", "none", "`source_role:target_role` pairs, separated by commas")
                            .onlyOf("target"),
                    Setting.of("keepPrevious", "false", "`true` keeps the replaced database under another name")
                            .onlyOf("target"),
                    Setting.of(
                                    "endSessions",
                                    "true",
                                    "whether sessions on the old target are ended at the swap; else the job fails when there are any")
                            .onlyOf("target"),
                    Setting.none(
                                    "clonedFrom",
                                    "none",
                                    "the connection that this target's server is a physical clone of")
                            .onlyOf("target"),
                    Setting.none(
                                    "afterLoad",
                                    "none",
                                    "SQL files run in the new database before it is verified, separated by commas")
                            .onlyOf("target"),
                    Setting.none("extensions.skip", "none", "extensions to leave out, separated by commas")
                            .onlyOf("target")));

    static final SettingGroup SCHEDULES = new SettingGroup(
            "schedules",
            ScheduleSettings.PREFIX,
            List.of(
                    Setting.none(
                            "cron", "–", "a Quartz cron expression: seconds first, `?` for the day that is not named"),
                    Setting.of("zone", "UTC", "whose clocks it means"),
                    Setting.none(
                            "request",
                            "–",
                            "what a call would send, as JSON on one line; judged at the start as a call would be"),
                    Setting.of(
                            "overlap",
                            "skip",
                            "what happens when the run before is not done: `skip` this one, or `queue` it"),
                    Setting.of(
                            "missed",
                            "run",
                            "what happens with a time at which no process was there: one `run` for the latest of them, or `skip`"),
                    Setting.of("missedWithin", "PT12H", "how late such a run may begin, at most 31 days"),
                    Setting.of("paused", "false", "`true` makes no jobs until the API resumes it")));

    static final SettingGroup WEBHOOKS = new SettingGroup(
            "webhooks",
            WebhookSettings.PREFIX,
            List.of(
                    Setting.none("url", "–", "where to, `https` or `http`"),
                    Setting.none("secret", "–", "what messages are signed with, by reference, at least 16 characters"),
                    Setting.none(
                            "on",
                            "all three",
                            "which ends are told: `success`, `failure`, `cancel`, separated by commas"),
                    Setting.none("schedules", "all jobs", "only runs of these schedules, separated by commas"),
                    Setting.of(
                            "allowLocal",
                            "false",
                            "whether the address may be this machine's own, or a link-local one"),
                    Setting.of(
                            "retryAfter",
                            "PT10S",
                            "when the second try is; each later one waits twice as long, up to a quarter of an hour")));

    static final SettingGroup KEYS = new SettingGroup(
            "keys",
            AuthSettings.KEY_PREFIX,
            List.of(
                    Setting.none("hash", "–", "SHA-256 of the key, in hexadecimal"),
                    Setting.none("role", "–", "`viewer`, `operator` or `admin`"),
                    Setting.none("expires", "never", "the last day (UTC), or the instant, to which it works"),
                    Setting.none("targets", "all", "the target connections it may replace, separated by commas")));

    private NamedSettings() {}
}
