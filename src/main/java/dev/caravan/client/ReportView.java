package dev.caravan.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a job's report says, as far as the terminal shows it.
 *
 * @param foreignRows rows of tenants who were not asked for; absent when all tenants were copied
 * @param leaks source values found in the copy; absent when nothing was masked
 * @param leftOut objects that the new database does not have, each with the reason
 */
record ReportView(
        int keysValid,
        int keysNotValid,
        int contentCompared,
        OptionalLong foreignRows,
        OptionalLong leaks,
        List<String> warnings,
        List<String> leftOut) {
    ReportView {
        warnings = List.copyOf(warnings);
        leftOut = List.copyOf(leftOut);
    }

    static ReportView of(JsonNode report) {
        List<String> warnings = new ArrayList<>();
        report.path("warnings").forEach(warning -> warnings.add(warning.asText()));
        List<String> leftOut = new ArrayList<>();
        report.path("leftOut")
                .forEach(item -> leftOut.add(item.path("object").asText() + ": "
                        + item.path("reason").asText()));
        long foreign = 0;
        for (JsonNode table : report.path("tenants").path("tables")) {
            foreign += table.path("foreign").asLong();
        }
        long leaks = 0;
        for (JsonNode hit : report.path("leaks").path("hits")) {
            leaks += hit.path("count").asLong();
        }
        return new ReportView(
                report.path("foreignKeys").path("valid").asInt(0),
                report.path("foreignKeys").path("notValid").asInt(0),
                report.path("contentCompared").asInt(0),
                report.has("tenants") ? OptionalLong.of(foreign) : OptionalLong.empty(),
                report.has("leaks") ? OptionalLong.of(leaks) : OptionalLong.empty(),
                warnings,
                leftOut);
    }
}
