package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

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
}
