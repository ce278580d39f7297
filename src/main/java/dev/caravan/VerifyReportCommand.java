package dev.caravan;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.job.Json;
import dev.caravan.job.ReportSigner;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code verify-report}: whether a report that somebody kept is as it was when its job ended. Needs no service. */
final class VerifyReportCommand {
    private static final String USAGE = """
            Usage: ./caravan verify-report REPORT.json --key-file FILE

              REPORT.json      a report as GET /api/v1/copy-jobs/{id}/report gives it
              --key-file FILE  holds the key that caravan.report.key referred to when the job ended

            Exit code: 0 as it was, 1 changed or not signed with this key, 2 wrongly called.
            """;
    private static final int CHANGED = 1;
    private static final int REFUSED = 2;

    private VerifyReportCommand() {}

    static int run(List<String> args, PrintStream out, PrintStream err) {
        if (args.contains("--help") || args.contains("-h")) {
            out.print(USAGE);
            return 0;
        }
        if (args.size() != 3 || !args.get(1).equals("--key-file")) {
            err.print(USAGE);
            return REFUSED;
        }
        try {
            JsonNode report = Json.MAPPER.readTree(Files.readAllBytes(Path.of(args.get(0))));
            ReportSigner signer = ReportSigner.of(Files.readString(Path.of(args.get(2))));
            if (!report.isObject() || !report.has("jobId")) {
                err.println("caravan: the file does not hold a report");
                return REFUSED;
            }
            return told(report, signer.valid(report), out);
        } catch (JacksonException e) {
            // The parser's own message would quote the text.
            err.println("caravan: the file does not hold JSON");
        } catch (IOException e) {
            err.println("caravan: a file cannot be read; check both paths");
        } catch (IllegalArgumentException e) {
            err.println("caravan: the key " + e.getMessage());
        }
        return REFUSED;
    }

    private static int told(JsonNode report, Optional<Boolean> valid, PrintStream out) {
        String job = report.path("jobId").asText().replaceAll("[^0-9a-f-]", "?");
        if (valid.isEmpty()) {
            out.println("The report of job " + job + " has no signature by this key.");
        } else {
            out.println("The report of job " + job
                    + (valid.get() ? " is as it was when the job ended." : " was changed after the job ended."));
        }
        return valid.orElse(false) ? 0 : CHANGED;
    }
}
