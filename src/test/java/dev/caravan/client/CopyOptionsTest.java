package dev.caravan.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.schema.CaravanException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopyOptionsTest {
    private static CopyOptions parse(String line) {
        return CopyOptions.parse(List.of(line.split(" ")), Map.of());
    }

    @Test
    void namesAreReadInBothForms() {
        CopyOptions options = parse("--source shop-prod --target=shop-dev --no-mask --json");
        assertEquals(Optional.of("shop-prod"), options.source());
        assertEquals(Optional.of("shop-dev"), options.target());
        assertEquals(Optional.of(false), options.mask());
        assertTrue(options.json());
        assertEquals(URI.create("http://127.0.0.1:8080"), options.server());
    }

    @Test
    void maskIsLeftToTheServiceWhenNothingIsSaid() {
        assertEquals(Optional.empty(), parse("--source a --target b").mask());
    }

    @Test
    void maskAndItsPolicyAreAskedFor() {
        assertEquals(Optional.of(true), parse("--source a --target b --mask").mask());
        assertEquals(
                Optional.of("strict"),
                parse("--source a --target b --mask-policy strict").maskPolicy());
    }

    @Test
    void serverComesFromTheEnvironmentUnlessNamed() {
        Map<String, String> environment = Map.of("CARAVAN_SERVER", "https://copies.example/");
        List<String> names = List.of("--source", "a", "--target", "b");
        assertEquals(
                URI.create("https://copies.example"),
                CopyOptions.parse(names, environment).server());
        assertEquals(
                URI.create("http://other.example:81/base"),
                parse("--source a --target b --server http://other.example:81/base//")
                        .server());
    }

    @Test
    void requestFileMakesNamesOptional() {
        assertTrue(parse("--request -").request().isPresent());
        assertFalse(parse("--request job.json").source().isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--source a",
                "--target b",
                "--source",
                "--source --target b",
                "--source= --target b",
                "--source a --target b --wat",
                "--source a --target b extra",
                "--source a --target b --json=yes",
                "--source a --target b --server ftp://x.example",
                "--source a --target b --server http://user:secret@x.example",
                "--source a --target b --server http://x.example?a=b",
                "--source a --target b --server not//a::url",
            })
    void wrongCommandLinesAreRefusedWithAHint(String line) {
        CaravanException refused = assertThrows(CaravanException.class, () -> parse(line));
        assertFalse(refused.hint().isEmpty());
        assertFalse(refused.getMessage().contains("secret"));
    }

    @Test
    void tenantsAreNumbersWhereTheyLookLikeIt() {
        assertEquals(
                List.of(1L, "007", "4f1c", -3L),
                parse("--source a --target b --only-tenants 1,007,4f1c,-3").onlyTenants());
    }
}
