package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** mac, bic, generalise and user-agent on texts. */
class DeviceMaskersTest {
    private static String mask(Masker masker, Map<String, Object> given, String value) {
        return NumberMasking.text(masker.prepare(NumberMasking.settings(masker, given), TextColumn.of(100)), value);
    }

    @Test
    void aMacAddressKeepsItsMakerAndItsForm() {
        String masked = mask(new MacMasker(), Map.of(), "08:00:2b:01:02:03");
        assertTrue(masked.matches("08:00:2b(:[0-9a-f]{2}){3}"), masked);
        assertNotEquals("08:00:2b:01:02:03", masked);
    }

    @Test
    void anAddressOfTheInternetKeepsTheBeginningThatWasAskedFor() {
        assertTrue(mask(new IpMasker(), Map.of(), "198.51.100.7").matches("198[.]51([.][0-9]{1,3}){2}"));
        assertTrue(mask(new IpMasker(), Map.of(), "fe80::1").matches("2001:db8::[0-9a-f]{1,4}:[0-9a-f]{1,4}"));
        Set<String> hosts = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            for (String address : List.of("198.51.100." + i, "fe80::" + i, "2a01:4f8::" + i)) {
                Map<String, Object> given = address.startsWith("2") ? Map.of("keepGroups", 2L) : Map.of();
                String host = mask(new IpMasker(), given, address);
                assertNotEquals(address, host);
                hosts.add(host);
            }
        }
        assertTrue(hosts.size() > 590, "the host depends on the value: " + hosts.size());
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("keepOctets", 4L),
                Map.of("keepOctets", -1L),
                Map.of("keepGroups", 8L),
                Map.of("keepGroups", -1L))) {
            assertThrows(MaskRefused.class, () -> mask(new IpMasker(), wrong, "198.51.100.7"));
        }
        Map<String, Object> three = Map.of("keepGroups", 3L);
        String masked = mask(new IpMasker(), three, "2a01:4f8:0:1::7");
        assertTrue(masked.matches("2a01:4f8:0(:[0-9a-f]{1,4}){5}"), masked);
        for (String odd : new String[] {"fe80::1/64", ":", "1::2::3", "::ffff:7f00:1", "localhost"}) {
            assertEquals("<UNREADABLE>", mask(new IpMasker(), three, odd));
        }
    }

    @Test
    void aBicKeepsItsCountryAndIsNoBanks() {
        String masked = mask(new BicMasker(), Map.of(), "MUSTDEFF123");
        assertTrue(masked.matches("[A-Z]{4}DE[A-Z]0XXX"), masked);
        assertEquals(8, mask(new BicMasker(), Map.of(), "MUSTDEFF").length());
    }

    @Test
    void aNumberInATextBecomesItsRange() {
        assertEquals("30-39", mask(new GeneraliseMasker(), Map.of(), "37"));
        assertEquals("-40--21", mask(new GeneraliseMasker(), Map.of("width", 20L), "-37"));
    }
}
