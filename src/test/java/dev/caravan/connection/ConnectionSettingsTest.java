package dev.caravan.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConnectionSettingsTest {
    private static List<String> faults(Map<String, String> properties) {
        List<String> faults = new ArrayList<>();
        ConnectionSettings.read(properties, faults);
        return faults.stream()
                .map(fault -> fault.substring(0, fault.indexOf(": ")))
                .sorted()
                .toList();
    }

    private static Map<String, String> target(String... more) {
        Map<String, String> properties = new TreeMap<>(Map.of(
                "caravan.connection.t.url", "jdbc:postgresql://h/d",
                "caravan.connection.t.role", "target",
                "caravan.connection.t.username", "u"));
        for (int i = 0; i < more.length; i += 2) {
            properties.put("caravan.connection.t." + more[i], more[i + 1]);
        }
        return properties;
    }

    @Test
    void everyFaultIsNamedAtOnce() {
        assertEquals(
                List.of(
                        "caravan.connection..url",
                        "caravan.connection.a.role",
                        "caravan.connection.a.url",
                        "caravan.connection.a.username",
                        "caravan.connection.b.colour",
                        "caravan.connection.b.owner",
                        "caravan.connection.b.url",
                        "caravan.connection.t.connectTimeout",
                        "caravan.connection.t.endSessions",
                        "caravan.connection.t.roles"),
                faults(new TreeMap<>(Map.ofEntries(
                        Map.entry("caravan.connection..url", "x"),
                        Map.entry("caravan.connection.a.classification", "test"),
                        Map.entry("caravan.connection.b.colour", "red"),
                        Map.entry("caravan.connection.b.owner", "o"),
                        Map.entry("caravan.connection.b.role", "source"),
                        Map.entry("caravan.connection.b.username", "u"),
                        Map.entry("caravan.connection.b.url", "jdbc:postgresql://h/d?user=x"),
                        Map.entry("caravan.connection.t.url", "jdbc:postgresql://h/d"),
                        Map.entry("caravan.connection.t.role", "target"),
                        Map.entry("caravan.connection.t.username", "u"),
                        Map.entry("caravan.connection.t.connectTimeout", "soon"),
                        Map.entry("caravan.connection.t.endSessions", "yes"),
                        Map.entry("caravan.connection.t.roles", "a:b,c")))));
    }

    @Test
    void oddDurationsAndFlagsAreFaults() {
        for (String duration : List.of("", "0s", "-1s", "1", "5 minutes", "99999999999999999999s")) {
            assertEquals(
                    List.of("caravan.connection.t.socketTimeout"), faults(target("socketTimeout", duration)), duration);
        }
        assertEquals(List.of("caravan.connection.t.keepPrevious"), faults(target("keepPrevious", "TRUE")));
        assertEquals(List.of("caravan.connection.t.clonedFrom"), faults(target("clonedFrom", "nobody")));
    }

    @Test
    void whatIsDeclaredIsReadWithItsDefaults() {
        List<String> faults = new ArrayList<>();
        Map<String, String> properties = target(
                "roles", "a : b, c:d", "extensions.skip", "pg_cron, ,x", "password", "pw", "connectTimeout", "3s");
        properties.put("unrelated", "x");
        ConnectionConfig config = ConnectionSettings.read(properties, faults).named("t");
        assertEquals(List.of(), faults);
        assertEquals(Map.of("a", "b", "c", "d"), config.roleMap());
        assertEquals(List.of("pg_cron", "x"), config.skippedExtensions());
        assertEquals(Duration.ofSeconds(3), config.connectTimeout());
        assertEquals(Duration.ofMinutes(5), config.socketTimeout());
        assertEquals("postgres", config.maintenanceDatabase());
        assertTrue(config.endSessions());
        assertFalse(config.keepPrevious());
        assertFalse(config.toString().contains("pw"), "a secret shows itself");
    }
}
