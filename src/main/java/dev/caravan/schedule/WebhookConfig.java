package dev.caravan.schedule;

import dev.caravan.job.JobState;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * A declared webhook.
 *
 * @param name as in {@code caravan.webhook.<name>}
 * @param url where to; it may hold a token, so it is shown nowhere
 * @param secret what messages are signed with
 * @param on the ends that are told
 * @param schedules only runs of these are told; all jobs when empty
 * @param allowLocal whether the address may be this machine's own or a link-local one
 * @param retryAfter how long after a first failure the second try is; each later one waits twice as long
 */
public record WebhookConfig(
        String name,
        URI url,
        String secret,
        Set<JobState> on,
        Set<String> schedules,
        boolean allowLocal,
        Duration retryAfter) {
    public WebhookConfig {
        on = Set.copyOf(on);
        schedules = Set.copyOf(schedules);
    }

    /** Without the secret and the URL. */
    @Override
    public String toString() {
        return "WebhookConfig[name=" + name + "]";
    }
}
