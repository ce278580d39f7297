package dev.caravan.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a job's report says, as far as the terminal shows it.
 *
 * @param leftOut objects that the new database does not have, each with the reason
 */
record ReportView(int keysValid, int keysNotValid, int contentCompared, List<String> warnings, List<String> leftOut) {
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
        return new ReportView(
                report.path("foreignKeys").path("valid").asInt(0),
                report.path("foreignKeys").path("notValid").asInt(0),
                report.path("contentCompared").asInt(0),
                warnings,
                leftOut);
    }
}
