package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.job.Retention;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.support.service.ServiceSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceSettingsTest {
    private final CamelContext context = new DefaultCamelContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    private ServiceSettings read(String... pairs) {
        Map<String, String> properties = new TreeMap<>(
                Map.of("caravan.node", "here", "caravan.run.directory", "run", "caravan.auth.enabled", "false"));
        for (int i = 0; i < pairs.length; i += 2) {
            properties.put(pairs[i], pairs[i + 1]);
        }
        return ServiceSettings.read(context, properties);
    }

    private String fault(String... pairs) {
        CaravanException refused = assertThrows(CaravanException.class, () -> read(pairs));
        assertEquals(ErrorCode.CONFIGURATION, refused.code());
        assertFalse(refused.getMessage().contains("canary"), refused::getMessage);
        return refused.getMessage();
    }

    @Test
    void aFaultNamesTheLineToChange(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("mine.properties");
        Files.writeString(file, "# ours\ncaravan.workers = many\ncaravan.yieldAfter = 5s\n");
        context.getPropertiesComponent().addLocation("file:" + file);
        String message = fault("caravan.cores", "none");
        assertTrue(
                message.contains("caravan.workers: must be a whole number from 1 to 9999  [mine.properties:2]"),
                message);
        assertTrue(message.contains("caravan.cores: must be a whole number from 1 to 9999  [command]"), message);
    }

    @Test
    void whatIsSetOutsideWinsOverTheFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("mine.properties");
        Files.writeString(file, "caravan.yieldAfter = 5s\n");
        context.getPropertiesComponent().addLocation("file:" + file);
        System.setProperty("caravan.yieldAfter", "7s");
        try {
            assertEquals(Duration.ofSeconds(7), read().yieldAfter());
        } finally {
            System.clearProperty("caravan.yieldAfter");
        }
    }

    @Test
    void settingsAreShownWithTheirPlaceAndWithoutSecrets() {
        Map<String, String> effective = new TreeMap<>(Map.of(
                "caravan.mask.key", "{{env:KEY}}",
                "caravan.webhook.chat.url", "https://hooks.example/T00/canary",
                "caravan.store.url", "jdbc:postgresql://db/jobs?password=canary"));
        String shown = String.join(
                "\n",
                Origins.of(List.of(), Map.of("caravan.mask.key", ""), effective).described(effective));
        assertEquals(
                "caravan.mask.key = {{env:KEY}}  [command]\ncaravan.store.url = jdbc:postgresql://db/jobs?…  [default]\n"
                        + "caravan.webhook.chat.url = https://hooks.example/…  [default]",
                shown);
    }

    @Test
    void withoutFaultsThereAreDefaults() {
        ServiceSettings settings = read("caravan.workers", "7", "caravan.yieldAfter", "2m");
        assertEquals(7, settings.copy().workers());
        assertEquals(Duration.ofMinutes(2), settings.yieldAfter());
        assertEquals("jdbc:sqlite:caravan.db", settings.store().url());
        assertEquals("256MB", settings.copy().maintenanceWorkMem());
    }

    @Test
    void aSecretMayStandInAFileOrInAVaultThatCamelCanAsk(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("secret");
        Files.writeString(file, "from-a-file\n");
        context.getPropertiesComponent().addPropertiesFunction(new Vault());
        assertEquals(
                "from-a-file",
                read("caravan.store.password", "{{file:" + file + "}}").store().password());
        assertEquals(
                "of shop/password",
                read("caravan.store.password", "{{safe:shop/password}}").store().password());
    }

    private static final class Vault extends ServiceSupport implements PropertiesFunction {
        @Override
        public String getName() {
            return "safe";
        }

        @Override
        public String apply(String address) {
            return "of " + address;
        }
    }

    @Test
    void aReferenceThatLeadsNowhereIsRefusedWithItsPlace(@TempDir Path folder) {
        String unread = fault("caravan.store.password", "{{file:" + folder.resolve("gone") + "}}");
        assertTrue(
                unread.contains(
                        "caravan.store.password: refers to something that is not set, or cannot be read: file:"),
                unread);
        String vault = fault("caravan.store.password", "{{aws:shop/password}}");
        assertTrue(vault.contains("a vault whose Camel component is on the class path"), vault);
        for (String withDefault : List.of("{{env:NOWHERE:canary}}", "{{aws:shop:canary}}", "x{{env:HOME}}")) {
            String refused = fault("caravan.store.password", withDefault);
            assertTrue(refused.contains("caravan.store.password: a secret is given by reference"), refused);
        }
    }

    @Test
    void howLongThingsAreKeptIsToldInDays() {
        assertEquals(
                new Retention(Optional.of(Duration.ofDays(90)), Optional.of(Duration.ofDays(400))), read().retention());
        assertEquals(
                new Retention(Optional.of(Duration.ofDays(7)), Optional.empty()),
                read("caravan.retention.jobs", "7d", "caravan.retention.audit", "forever")
                        .retention());
        for (String wrong : List.of("0d", "90", "1h", "99999d", "always")) {
            String message = fault("caravan.retention.jobs", wrong);
            assertTrue(
                    message.contains("caravan.retention.jobs: must be a number of days such as 90d, or forever"),
                    message);
        }
    }

    @Test
    void everyFaultIsNamedAtOnce() {
        String message = fault(
                "caravan.worker", "3",
                "caravan.workers", "0",
                "caravan.jobs.concurrent", "-1",
                "caravan.lockTimeout", "soon",
                "caravan.yieldAfter", "99999999999999999999",
                "caravan.claim.period", "PT9999999999H",
                "caravan.target.maintenanceWorkMem", "much",
                "caravan.store.password", "canary",
                "caravan.connection.a.url", "canary",
                "caravan.connection.a.colour", "canary");
        for (String key : List.of(
                "caravan.worker:",
                "caravan.workers:",
                "caravan.jobs.concurrent:",
                "caravan.lockTimeout:",
                "caravan.yieldAfter:",
                "caravan.claim.period:",
                "caravan.target.maintenanceWorkMem:",
                "caravan.store.password:",
                "caravan.connection.a.url:",
                "caravan.connection.a.colour:",
                "caravan.connection.a.role:",
                "caravan.connection.a.username:")) {
            assertTrue(message.contains(key), () -> key + " in\n" + message);
        }
    }

    @Test
    void aSchedulesRequestIsJudgedAsACallsWouldBeAndEveryFaultIsNamedAtOnce() {
        String message = fault(
                "caravan.connection.prod.url", "jdbc:postgresql://prod.example/shop",
                "caravan.connection.prod.role", "source",
                "caravan.connection.prod.classification", "production",
                "caravan.connection.prod.username", "reader",
                "caravan.connection.dev.url", "jdbc:postgresql://dev.example/shop",
                "caravan.connection.dev.role", "target",
                "caravan.connection.dev.username", "writer",
                "caravan.schedule.a.cron", "0 0 2 * * ?",
                "caravan.schedule.a.request", "{\"source\": \"prod\", \"target\": \"dev\", \"mask\": false}",
                "caravan.schedule.b.cron", "every night",
                "caravan.schedule.b.request", "{\"source\": \"prod\", \"verify\": \"canary\", \"nap\": 1}",
                "caravan.schedule.c.cron", "0 0 2 * * ?",
                "caravan.schedule.c.request", "{\"source\": \"elsewhere\", \"target\": \"dev\"}",
                "caravan.schedule.d.cron", "0 0 2 * * ?",
                "caravan.schedule.d.request", "{\"source\": \"prod\", \"target\": \"dev\"}",
                "caravan.schedule.e.cron", "0 0 2 * * ?",
                "caravan.schedule.e.request", "canary",
                "caravan.schedule.f.cron", "0 0 2 * * ?",
                "caravan.webhook.w.url", "https://hooks.example/",
                "caravan.webhook.w.secret", "canary-of-sixteen-letters");
        for (String fault : List.of(
                "caravan.schedule.a.request: The connection \"prod\" is classified as production.",
                "caravan.schedule.b.cron: must be a Quartz cron expression",
                "caravan.schedule.b.request: /target is missing",
                "caravan.schedule.b.request: /verify is not one of the allowed values",
                "caravan.schedule.b.request: /nap is not a field of this request",
                "caravan.schedule.c.request: No connection",
                "caravan.schedule.d.request: ",
                "caravan.schedule.e.request: ",
                "caravan.schedule.f.request: must be the body of a copy job",
                "caravan.webhook.w.secret: a secret is given by reference")) {
            assertTrue(message.contains(fault), () -> fault + " in\n" + message);
        }
    }

    @Test
    void aRequestMayEndInTwoBraces() {
        assertEquals(
                Map.of("ticket", "OPS-12"),
                read(
                                "caravan.connection.stage.url", "jdbc:postgresql://stage.example/shop",
                                "caravan.connection.stage.role", "source",
                                "caravan.connection.stage.username", "reader",
                                "caravan.connection.dev.url", "jdbc:postgresql://dev.example/shop",
                                "caravan.connection.dev.role", "target",
                                "caravan.connection.dev.username", "writer",
                                "caravan.schedule.a.cron", "0 0 2 * * ?",
                                "caravan.schedule.a.request",
                                        "{\"source\": \"stage\", \"target\": \"dev\", \"labels\": {\"ticket\": \"OPS-12\"}}")
                        .schedules()
                        .get(0)
                        .request()
                        .labels());
    }

    @Test
    void aSecretIsAReferenceAndNothingElse() {
        for (String secret : List.of(
                "canary",
                "canary{{env:HOME}}",
                "{{env:HOME}}canary",
                "{{env:HOME}",
                "{{env:HOME:canary}}",
                "{{?env:NOWHERE:canary}}",
                "{{nowhere:canary}}")) {
            assertTrue(fault("caravan.store.password", secret).contains("caravan.store.password: a secret"));
        }
        System.setProperty("caravan.test.secret", "from elsewhere");
        assertEquals(
                "from elsewhere",
                read("caravan.store.password", "{{sys:caravan.test.secret}}")
                        .store()
                        .password());
    }

    @Test
    void aReferenceToNothingIsAFault() {
        assertTrue(fault("caravan.store.username", "{{env:CARAVAN_NO_SUCH_VARIABLE}}")
                .contains("caravan.store.username: refers to something that is not set"));
    }

    @Test
    void aLeaseOutlivesTwoRenewals() {
        assertTrue(fault("caravan.lease.duration", "9s", "caravan.lease.renewal", "5s")
                .contains("at least twice"));
    }

    @Test
    void aMaskKeyIsAReferenceToEnoughRandomBits() {
        assertTrue(
                fault("caravan.mask.key", "00112233445566778899aabbccddeeff").contains("caravan.mask.key: a secret"));
        System.setProperty("caravan.test.maskKey", "tooshort");
        String message = fault("caravan.mask.key", "{{sys:caravan.test.maskKey}}");
        assertTrue(message.contains("caravan.mask.key: must be at least 128"), message);
        assertFalse(message.contains("tooshort"));
        System.setProperty("caravan.test.maskKey", "00112233445566778899aabbccddeeff");
        assertTrue(read("caravan.mask.key", "{{sys:caravan.test.maskKey}}")
                .mask()
                .key()
                .isPresent());
    }

    @Test
    void thePolicyFileIsReadAtTheStart(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("masks.yaml");
        Files.writeString(file, "policies: {default: {columns: {a.b.c: null}}}");
        assertEquals(
                1,
                read("caravan.mask.policyFile", file.toString())
                        .mask()
                        .policy(Optional.empty())
                        .entries()
                        .size());
        Files.writeString(file, "policies:\n  default: {colums: {}}");
        assertTrue(
                fault("caravan.mask.policyFile", file.toString()).contains("masks.yaml:2: a policy has no key colums"));
        assertTrue(fault("caravan.mask.policyFile", folder.resolve("none").toString())
                .contains("caravan.mask.policyFile: cannot be read"));
    }
}
