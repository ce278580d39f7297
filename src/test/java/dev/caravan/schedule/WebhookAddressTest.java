package dev.caravan.schedule;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class WebhookAddressTest {
    @Test
    void addressesOfThisMachineItsLinkAndItsCloudAreLocal() throws Exception {
        for (String address : new String[] {
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",
            "0.1.2.3",
            "169.254.169.254",
            "169.254.0.1",
            "100.100.100.200",
            "168.63.129.16",
            "192.0.0.192",
            "224.0.0.1",
            "::1",
            "::",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::a9fe:a9fe",
            "fe80::1",
            "ff02::1",
            "fd00:ec2::254"
        }) {
            assertTrue(WebhookAddress.local(InetAddress.getByName(address)), address);
        }
    }

    @Test
    void addressesOfNetworksAreNot() throws Exception {
        for (String address : new String[] {
            "10.0.0.1", "192.168.1.1", "172.16.0.9", "93.184.215.14", "fd12:3456::1", "2001:db8::1", "64:ff9b::a00:1"
        }) {
            assertFalse(WebhookAddress.local(InetAddress.getByName(address)), address);
        }
    }
}
