package dev.caravan.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.schema.ColumnType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantValuesTest {
    private static ColumnType type(String name) {
        return new ColumnType(23, "pg_catalog", name, ColumnType.Kind.BASE, true, List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "int2, 32767, 32767",
        "int4, -2147483648, -2147483648",
        "int8, 007, 7",
        "numeric, 99999999999999999999, 99999999999999999999",
        "uuid, 4F1C0000-0000-4000-8000-00000000000A, 4f1c0000-0000-4000-8000-00000000000a",
        "text, a'b, a'b",
        "bpchar, DE, DE"
    })
    void aTenantIsReadAsItsColumnsType(String type, String given, String value) {
        assertEquals(
                Optional.of(List.of(value)),
                TenantValues.of(List.of(given), type(type)).values());
    }

    @ParameterizedTest
    @CsvSource({
        "int2, 32768",
        "int4, 2147483648",
        "int4, 1.5",
        "int8, x",
        "uuid, 1-2-3-4-5",
        "uuid, 17",
        "bytea, x",
        "date, 2026-01-01"
    })
    void whatTheTypeCannotBeIsAFault(String type, String given) {
        TenantValues.Result result = TenantValues.of(List.of(given), type(type));
        assertEquals(Optional.empty(), result.values());
        assertTrue(result.fault().isPresent());
    }

    @Test
    void aNumberMayNameATextTenantAndADomainIsItsBase() {
        ColumnType domain =
                new ColumnType(17000, "public", "tenant", ColumnType.Kind.DOMAIN, true, List.of(type("text")));
        assertEquals(
                Optional.of(List.of("7")), TenantValues.of(List.of(7), domain).values());
        assertEquals("'{\"7\"}'::\"pg_catalog\".\"text\"[]", TenantValues.array(List.of("7"), domain));
    }

    @Test
    void valuesAreQuotedAsAnArrayAndThenAsALiteral() {
        assertEquals(
                " E'{\"a\\\\\\\\b\",\"c\\\\\"d\",\"e''f\"}'::\"pg_catalog\".\"text\"[]",
                TenantValues.array(List.of("a\\b", "c\"d", "e'f"), type("text")));
    }
}
