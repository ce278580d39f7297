package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class HmacTest {
    @Test
    void itIsTheHmacOfJavaForEveryLengthOneAfterTheOther() throws Exception {
        Random random = new Random(1);
        byte[] key = new byte[32];
        random.nextBytes(key);
        Mac java = Mac.getInstance("HmacSHA256");
        java.init(new SecretKeySpec(key, "HmacSHA256"));
        Hmac ours = new Hmac(key);
        byte[] text = new byte[300];
        random.nextBytes(text);
        for (int length = 0; length < 200; length++) {
            java.update(text, 7, length);
            assertArrayEquals(java.doFinal(), ours.of(new Value().bytes(ValueKind.TEXT, text, 7, length)));
        }
        assertArrayEquals(
                java.doFinal(new byte[] {0x34, 0x37, 0x31, 0x31}),
                ours.of(new Value().number(ValueKind.INTEGER, 4711)));
    }

    @Test
    void rememberedValuesAreToldFromOthersOfTheSamePlace() throws Exception {
        byte[] key = new byte[32];
        Mac java = Mac.getInstance("HmacSHA256");
        java.init(new SecretKeySpec(key, "HmacSHA256"));
        Hmac ours = new Hmac(key);
        // Aa and BB have one hash code as Strings, and so on for whatever is made of them.
        for (String text : List.of("Aa", "BB", "Aa", "AaAa", "BBBB", "AaBB", "BBAa", "AaAa", "Aa", "")) {
            byte[] bytes = ("x" + text + "y").getBytes(StandardCharsets.US_ASCII);
            for (int time = 0; time < 2; time++) {
                assertArrayEquals(
                        java.doFinal(text.getBytes(StandardCharsets.US_ASCII)),
                        ours.of(new Value().bytes(ValueKind.TEXT, bytes, 1, text.length())));
            }
        }
    }
}
