package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.Test;

/** Maskers that choose from words or write a given one: names, choice, default, fixed, password, secret, template. */
class WordMaskersTest {
    private static Set<String> words(String file) throws IOException {
        return new HashSet<>(Files.readAllLines(Path.of("src/main/resources/dictionaries", file)));
    }

    @Test
    void namesComeFromTheirLanguageAndGender() throws IOException {
        Set<String> female = words("first-names-female.fr.txt");
        Set<String> family = words("last-names.fr.txt");
        Map<String, Object> given = Map.of("locale", "fr", "gender", "female");
        ValueMask first = NumberMasking.mask(new FirstNameMasker(), given, ValueKind.TEXT);
        ValueMask full = NumberMasking.mask(new FullNameMasker(), given, ValueKind.TEXT);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 2000; i++) {
            String name = NumberMasking.text(first, "Anna " + i);
            assertTrue(female.contains(name), name);
            seen.add(name);
            String[] both = NumberMasking.text(full, "Anna " + i).split(" ", 2);
            assertTrue(female.contains(both[0]) && family.contains(both[1]));
        }
        assertEquals(female, seen);
    }

    @Test
    void aLocaleSaysWhoseWordsAndWhereTheNumberOfTheHouseStands() {
        Map<String, String> streets = Map.of("en", "\\d+ .+", "fr-CA", "\\d+ .+", "de_AT", ".+ \\d+", "it", ".+ \\d+");
        streets.forEach((locale, form) -> {
            Map<String, Object> given = Map.of("locale", locale);
            String street = NumberMasking.text(NumberMasking.mask(new StreetMasker(), given, ValueKind.TEXT), "x");
            assertTrue(street.matches(form), street);
            String whole = NumberMasking.text(NumberMasking.mask(new AddressMasker(), given, ValueKind.TEXT), "x");
            assertTrue(whole.matches(form + (locale.equals("en") ? ", .+ \\d{5}" : ", \\d{5} .+")), whole);
        });
        for (String odd : List.of("", "x", "dee", "xx", "de-", "de-AUT", "../de")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> NumberMasking.settings(new CityMasker(), Map.of("locale", odd)),
                    odd);
        }
    }

    @Test
    void aChoiceReachesEveryValueAndFitsItsColumn() {
        ValueMask numbers =
                NumberMasking.mask(new ChoiceMasker(), Map.of("values", List.of(3, 5, 8)), ValueKind.INTEGER);
        Set<Long> seen = new HashSet<>();
        for (long i = 0; i < 200; i++) {
            seen.add(NumberMasking.number(numbers, ValueKind.INTEGER, i));
        }
        assertEquals(Set.of(3L, 5L, 8L), seen);
        ChoiceMasker masker = new ChoiceMasker();
        assertThrows(
                MaskRefused.class,
                () -> NumberMasking.mask(masker, Map.of("values", List.of("3", "x")), ValueKind.INTEGER));
        Settings settings = NumberMasking.settings(masker, Map.of("values", List.of("red", "green")));
        assertThrows(MaskRefused.class, () -> masker.prepare(settings, TextColumn.of(4)));
    }

    @Test
    void plainAndFixedValuesAreOfTheColumnsKind() {
        assertEquals("", NumberMasking.text(NumberMasking.mask(new DefaultMasker(), Map.of(), ValueKind.TEXT), "Anna"));
        assertEquals(
                "{}",
                NumberMasking.text(
                        NumberMasking.mask(new DefaultMasker(), Map.of(), ValueKind.JSON), ValueKind.JSON, "[1]"));
        ValueMask zero = NumberMasking.mask(new DefaultMasker(), Map.of(), ValueKind.INTEGER);
        assertEquals(0, NumberMasking.number(zero, ValueKind.INTEGER, 7));
        ValueMask other = NumberMasking.mask(new FixedMasker(), Map.of("value", "(1,2)"), ValueKind.OTHER);
        assertEquals("(1,2)", NumberMasking.text(other, ValueKind.OTHER, "(3,4)"));
        assertThrows(MaskRefused.class, () -> NumberMasking.mask(new DefaultMasker(), Map.of(), ValueKind.OTHER));
        assertThrows(
                MaskRefused.class,
                () -> NumberMasking.mask(new FixedMasker(), Map.of("value", "seven"), ValueKind.INTEGER));
    }

    @Test
    void theKnownPasswordFitsItsHashAndALockedOneFitsNone() {
        ValueMask known = NumberMasking.mask(new PasswordMasker(), Map.of("form", "bcrypt"), ValueKind.TEXT);
        String hash = NumberMasking.text(known, "$2b$12$abc");
        assertTrue(OpenBSDBCrypt.checkPassword(hash, "masked-by-caravan".toCharArray()));
        ValueMask locked = NumberMasking.mask(new PasswordMasker(), Map.of(), ValueKind.TEXT);
        assertEquals("!masked", NumberMasking.text(locked, "$2b$12$abc"));
        PasswordMasker masker = new PasswordMasker();
        Settings bcrypt = NumberMasking.settings(masker, Map.of("form", "bcrypt"));
        assertThrows(MaskRefused.class, () -> masker.prepare(bcrypt, TextColumn.of(59)));
    }

    @Test
    void aSecretCanBeEmptied() {
        ValueMask empty = NumberMasking.mask(new SecretMasker(), Map.of("to", "empty"), ValueKind.TEXT);
        assertEquals("", NumberMasking.text(empty, "sk_live_51H8"));
    }

    @Test
    void aTemplateTakesOtherColumnsAsTheyAreMaskedNow() {
        TemplateMasker masker = new TemplateMasker();
        Settings settings = NumberMasking.settings(masker, Map.of("template", "{first}.{last}@example.com {nobody's"));
        MaskedColumn column = TextColumn.column("text", 100, false, List.of("last", "first"));
        Output output = new Output().clear();
        Value value = new Value().bytes(ValueKind.TEXT, new byte[] {'x'}, 0, 1);
        masker.prepare(settings, column).mask(value.row(index -> index == 1 ? "Berta" : null), output);
        assertEquals("Berta.@example.com {nobody's", new String(output.bytes(), 0, output.length()));
        assertThrows(MaskRefused.class, () -> masker.prepare(settings, TextColumn.of(100)));
    }
}
