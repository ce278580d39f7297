package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DigitsTest {
    private static final int CASES = 10_000;

    @Test
    void eightDigitsAreTheirNumber() {
        Random random = new Random(8);
        for (int i = 0; i < CASES; i++) {
            int number = random.nextInt((int) Digits.EIGHT);
            byte[] bytes = String.format(Locale.ROOT, "x%08dx", number).getBytes(StandardCharsets.US_ASCII);

            assertEquals(number, Digits.eight(bytes, 1));
        }
    }

    @Test
    void anyOtherByteAmongThemIsSeen() {
        for (int place = 0; place < Digits.AT_ONCE; place++) {
            for (int b = 0; b < 256; b++) {
                byte[] bytes = "99999999".getBytes(StandardCharsets.US_ASCII);
                bytes[place] = (byte) b;

                assertEquals(b >= '0' && b <= '9', Digits.eight(bytes, 0) >= 0, "byte " + b + " at " + place);
            }
        }
    }
}
