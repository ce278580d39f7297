package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.caravan.schema.TableName;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ColumnPatternTest {
    @Test
    void aStarStandsForAnyCharacters() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            String pattern = letters(random, "ab.*", 6);
            String name = letters(random, "ab.", 6);
            boolean expected = name.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
            assertEquals(
                    expected,
                    new ColumnPattern("public", "t", pattern).matches(new TableName("public", "t"), name),
                    () -> pattern + " and " + name);
        }
    }

    private static String letters(Random random, String from, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = 1 + random.nextInt(most); i > 0; i--) {
            text.append(from.charAt(random.nextInt(from.length())));
        }
        return text.toString();
    }
}
