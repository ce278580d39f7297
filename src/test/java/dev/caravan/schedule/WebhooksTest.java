package dev.caravan.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.job.CopyRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WebhooksTest {
    @Test
    void eachTryWaitsTwiceAsLongUpToAQuarterOfAnHour() {
        Duration first = Duration.ofSeconds(10);
        assertEquals(first, Webhooks.pause(first, 1));
        assertEquals(Duration.ofSeconds(40), Webhooks.pause(first, 3));
        assertEquals(Duration.ofMinutes(15), Webhooks.pause(first, 8));
        assertEquals(Duration.ofMinutes(15), Webhooks.pause(first, 10_000));
        assertEquals(Duration.ofHours(1), Webhooks.pause(Duration.ofHours(1), 2));
    }

    /** The value comes from another program: printf '1795500000.{"a":1}' | openssl dgst -sha256 -hmac 0123456789abcdef */
    @Test
    void aSignatureIsTheHmacOfTimeAndBody() {
        assertEquals(
                "sha256=e46066096de2888e6a8d19464e85b7b6f9b5295cc81801fa1040b87e5cdb3804",
                WebhookMessage.signature("0123456789abcdef", "1795500000", "{\"a\":1}"));
    }

    @Test
    void everyFaultNamesItsPropertyAndNoneQuotesAValue() {
        Map<String, String> given = new TreeMap<>();
        given.put("caravan.webhook.chat.url", "ftp://canary/");
        given.put("caravan.webhook.chat.secret", "canary");
        given.put("caravan.webhook.chat.on", "success,canary");
        given.put("caravan.webhook.chat.schedules", "canary");
        given.put("caravan.webhook.chat.allowLocal", "canary");
        given.put("caravan.webhook.chat.retryAfter", "canary");
        given.put("caravan.webhook.chat.colour", "canary");
        given.put("caravan.schedule.nightly.cron", "0 2 * * *");
        given.put("caravan.schedule.nightly.zone", "Canary/Here");
        given.put("caravan.schedule.nightly.overlap", "canary");
        given.put("caravan.schedule.nightly.missed", "canary");
        given.put("caravan.schedule.nightly.missedWithin", "canary");
        given.put("caravan.schedule.nightly.paused", "canary");
        given.put("caravan.schedule.nightly.request", "{}");
        given.put("caravan.schedule.nightly.color", "canary");
        List<String> faults = new ArrayList<>();
        List<ScheduleConfig> schedules = ScheduleSettings.read(
                given,
                (json, found) -> {
                    found.add("/source is missing");
                    found.add("/target is missing");
                    return Optional.empty();
                },
                faults);
        WebhookSettings.read(given, schedules, faults);
        String all = String.join("\n", faults);
        given.keySet().forEach(key -> assertTrue(all.contains(key + ": "), () -> key + " in\n" + all));
        assertTrue(all.contains("nightly.request: /source is missing"));
        assertTrue(all.contains("nightly.request: /target is missing"));
        assertFalse(all.toLowerCase(java.util.Locale.ROOT).contains("canary"), all);
    }

    @Test
    void aLoginInAnAddressIsRefused() {
        for (String url :
                List.of("https://user:pw@host/", "https:///x", "https://host/#x", "not an address", "host/x")) {
            List<String> faults = new ArrayList<>();
            WebhookSettings.read(
                    Map.of("caravan.webhook.a.url", url, "caravan.webhook.a.secret", "0123456789abcdef"),
                    List.of(),
                    faults);
            assertEquals(1, faults.size(), url);
        }
    }

    @Test
    void defaultsAreFilledIn() {
        List<String> faults = new ArrayList<>();
        List<ScheduleConfig> schedules = ScheduleSettings.read(
                Map.of("caravan.schedule.n.cron", "0 0 2 * * ?", "caravan.schedule.n.request", "{}"),
                (json, found) -> Optional.of(CopyRequest.of("a", "b")),
                faults);
        assertEquals(List.of(), faults);
        ScheduleConfig config = schedules.get(0);
        assertEquals(ScheduleConfig.Overlap.SKIP, config.overlap());
        assertEquals(ScheduleConfig.Missed.RUN, config.missed());
        assertEquals(Duration.ofHours(12), config.missedWithin());
        assertEquals("UTC", config.cron().zone().getId());
        assertFalse(config.paused());
    }
}
