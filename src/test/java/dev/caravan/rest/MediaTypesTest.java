package dev.caravan.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MediaTypesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none | application/json",
                "'' | application/json",
                "*/* | application/json",
                "text/* | text/csv",
                "text/csv | text/csv",
                "TEXT/CSV | text/csv",
                "text/csv, application/json | application/json",
                "text/csv, application/json;q=0.9 | text/csv",
                "*/*;q=0.1, text/csv;q=0.2 | text/csv",
                "application/json;q=0, */* | text/csv",
                "application/*;q=0.5, text/csv;q=0.4 | application/json",
                "text/csv;q=2 | none",
                "text/csv;q=NaN | none",
                "image/png | none",
                "/ | none",
                ", | none",
                "; | none"
            })
    void theTypeLikedBestIsChosen(String accept, String chosen) {
        assertEquals(Optional.ofNullable(chosen), MediaTypes.best(accept, List.of("application/json", "text/csv")));
    }
}
