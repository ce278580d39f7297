package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Maskers that show a keyed hash: token, email, user-name, url. */
class TokenMaskersTest {
    private static final int MANY = 200_000;

    private static ValueMask mask(Masker masker, Map<String, Object> given, MaskedColumn column) {
        return masker.prepare(NumberMasking.settings(masker, given), column);
    }

    @Test
    void manyValuesOfAUniqueColumnStayApart() {
        Map<Masker, Map<String, Object>> claims = Map.of(
                new TokenMasker(), Map.of("length", 20, "encoding", "hex"),
                new EmailMasker(), Map.of("at", "keep"),
                new UserNameMasker(), Map.of(),
                new UrlMasker(), Map.of());
        claims.forEach((masker, given) -> {
            assertTrue(masker.uniqueness(NumberMasking.settings(masker, given)).kept(), masker.name());
            ValueMask mask = mask(masker, given, TextColumn.unique(100));
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < MANY; i++) {
                seen.add(NumberMasking.text(mask, "anna" + i + "@corp.example"));
            }
            assertEquals(MANY, seen.size(), masker.name());
        });
    }

    @Test
    void aTokenHasItsLengthItsAlphabetAndItsPrefix() {
        Map<String, String> shapes =
                Map.of("hex", "t_[0-9a-f]{30}", "base32", "t_[a-z2-7]{30}", "base64url", "t_[\\w-]{30}");
        shapes.forEach((encoding, shape) -> {
            Map<String, Object> given = Map.of("encoding", encoding, "length", 30, "prefix", "t_");
            ValueMask mask = mask(new TokenMasker(), given, TextColumn.of(100));
            for (String value : List.of("", "a", "anna", "x".repeat(1000))) {
                String masked = NumberMasking.text(mask, value);
                assertTrue(masked.matches(shape), encoding);
                assertEquals(masked, NumberMasking.text(mask, value));
            }
        });
    }

    @Test
    void eightyBitsKeepDifferentValuesApartAndFewerDoNot() {
        Map<String, Integer> least = Map.of("hex", 20, "base32", 16, "base64url", 14);
        TokenMasker masker = new TokenMasker();
        least.forEach((encoding, length) -> {
            assertEquals(
                    Uniqueness.KEPT_IN_PRACTICE,
                    masker.uniqueness(NumberMasking.settings(masker, Map.of("encoding", encoding, "length", length))));
            assertEquals(
                    Uniqueness.LOST,
                    masker.uniqueness(
                            NumberMasking.settings(masker, Map.of("encoding", encoding, "length", length - 1))));
        });
    }

    @Test
    void whatMustNotBeCutIsRefused() {
        MaskedColumn citext = TextColumn.column("citext", 100, true, List.of());
        assertThrows(MaskRefused.class, () -> mask(new TokenMasker(), Map.of("prefix", "t_"), TextColumn.unique(17)));
        assertThrows(MaskRefused.class, () -> mask(new TokenMasker(), Map.of("encoding", "base64url"), citext));
        assertThrows(MaskRefused.class, () -> mask(new TokenMasker(), Map.of("length", 52), TextColumn.of(100)));
        assertThrows(MaskRefused.class, () -> mask(new TokenMasker(), Map.of("length", 7), TextColumn.of(100)));
        assertThrows(MaskRefused.class, () -> mask(new EmailMasker(), Map.of(), TextColumn.unique(27)));
        assertThrows(MaskRefused.class, () -> mask(new EmailMasker(), Map.of(), TextColumn.of(19)));
        assertThrows(MaskRefused.class, () -> mask(new UserNameMasker(), Map.of(), TextColumn.unique(16)));
        assertThrows(MaskRefused.class, () -> mask(new UrlMasker(), Map.of(), TextColumn.of(35)));
        mask(new TokenMasker(), Map.of("prefix", "t_"), TextColumn.unique(18));
        mask(new EmailMasker(), Map.of(), TextColumn.unique(28));
    }

    @Test
    void onlyADomainIsKeptAndOnlyWhereItFits() {
        ValueMask keep = mask(new EmailMasker(), Map.of("at", "keep"), TextColumn.of(30));
        Map<String, String> ends = Map.of(
                "anna@corp.example", "@corp.example",
                "an@na@CORP-2.example", "@CORP-2.example",
                "anna", "@example.com",
                "@corp.example", "@example.com",
                "anna@", "@example.com",
                "a@Anna Muster", "@example.com",
                "a@m\u00fcster.example", "@example.com",
                "a@far-too-long-a.domain.example", "@example.com");
        ends.forEach((value, end) -> {
            String masked = NumberMasking.text(keep, value);
            assertTrue(masked.matches("[a-z2-7]+@.*") && masked.endsWith(end), end);
            assertEquals(Math.min(30, 16 + end.length()), masked.length());
        });
        assertTrue(NumberMasking.text(mask(new EmailMasker(), Map.of(), TextColumn.of(30)), "a@corp.example")
                .endsWith("@example.com"));
    }

    @Test
    void aNarrowColumnHasTheBeginningOfWhatOthersOfItsDomainHave() {
        for (Masker masker : List.of(new EmailMasker(), new UserNameMasker(), new TokenMasker())) {
            String wide = NumberMasking.text(mask(masker, Map.of(), TextColumn.unique(60)), "anna@corp.example");
            String narrow = NumberMasking.text(mask(masker, Map.of(), TextColumn.of(20)), "anna@corp.example");
            assertTrue(wide.startsWith(narrow.substring(0, 8)), masker.name());
            assertTrue(narrow.length() <= 20, masker.name());
        }
    }

    @Test
    void anotherKeyGivesAnotherToken() {
        for (Masker masker : List.of(new TokenMasker(), new EmailMasker(), new UserNameMasker(), new UrlMasker())) {
            String one = NumberMasking.text(NumberMasking.mask(masker, Map.of(), ValueKind.TEXT), "anna");
            ValueMask other = NumberMasking.mask(masker, Map.of(), ValueKind.TEXT, NumberMasking.OTHER_KEY);
            assertFalse(one.equals(NumberMasking.text(other, "anna")), masker.name());
        }
    }
}
