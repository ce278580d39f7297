package dev.caravan.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code scan}: what looks personal in a source, and a policy file that decides on it. */
public final class ScanCommand {
    private static final String USAGE = """
            Usage: ./caravan scan --source A [--tables PATTERN]… [--policy-out FILE] [--strict] [--server URL] [--json]

              --source A         connection to read, as the service's configuration names it
              --tables PATTERN   only these tables, such as public.*; may be given several times
              --mask-policy P    the policy whose decisions count as taken
              --sample-rows N    10 to 10000 rows of each table; 500 without it
              --max-seconds N    1 to 600; 60 without it
              --policy-out FILE  write the policy file with proposals there; an existing file is not overwritten
              --strict           exit code 1 when something that leads to a person is undecided or kept
              --server URL       the service; default CARAVAN_SERVER or http://127.0.0.1:8080
              --key-file FILE    file with the API key; default the key in CARAVAN_API_KEY
              --json             the answer as the API gives it

            Values are looked at by the service and never shown. Exit code: 0, 1 failed or strict, 2 refused or wrongly called.
            """;
    private static final int FAILED = 1;

    private final Terminal terminal;
    private final PrintStream out;
    private final PrintStream err;
    private final ObjectNode request = CopyService.JSON.createObjectNode();
    private final ServiceCommand command;
    private Optional<Path> policyOut = Optional.empty();
    private boolean strict;

    private ScanCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.terminal = Terminal.of(environment);
        this.out = out;
        this.err = err;
        this.command = new ServiceCommand("scan", USAGE, environment, out, err)
                .option("--source", value -> request.put("source", value))
                .option("--tables", value -> request.withArray("tables").add(value))
                .option("--mask-policy", value -> request.put("maskPolicy", value))
                .option("--sample-rows", value -> request.put("sampleRows", number("--sample-rows", value)))
                .option("--max-seconds", value -> request.put("maxSeconds", number("--max-seconds", value)))
                .option("--policy-out", value -> policyOut = Optional.of(Path.of(value)))
                .flag("--strict", () -> strict = true);
    }

    /** @param args what follows {@code scan} on the command line @return the exit code */
    public static int run(List<String> args, PrintStream out, PrintStream err) {
        return run(args, System.getenv(), JobWatch.Patience.USUAL, out, err);
    }

    static int run(
            List<String> args,
            Map<String, String> environment,
            JobWatch.Patience patience,
            PrintStream out,
            PrintStream err) {
        ScanCommand scan = new ScanCommand(environment, out, err);
        return scan.command.run(args, service -> scan.call(new ScanWatch(service, patience, err::println)));
    }

    private static int number(String option, String text) {
        if (!text.matches("\\d{1,5}")) {
            throw CopyOptions.wrong(option + " is a number.", "See ./caravan scan --help for its limits.");
        }
        return Integer.parseInt(text);
    }

    private int call(ScanWatch watch) {
        if (!request.has("source")) {
            throw CopyOptions.wrong("Name a source.", "For example: ./caravan scan --source shop-prod");
        }
        if (policyOut.filter(Files::exists).isPresent()) {
            throw CopyOptions.wrong(
                    "The file after --policy-out is there already.", "Name a new one, and compare the two.");
        }
        try (CancelOnInterrupt interrupt = new CancelOnInterrupt(watch::leave)) {
            int code = command.answered(watch.run(request), this::ended);
            interrupt.finished(code);
            return code;
        }
    }

    private int ended(JsonNode scan) {
        if (!scan.path("state").asText().equals("SUCCEEDED")) {
            Refusal.of(scan.path("error")).lines().forEach(err::println);
            return FAILED;
        }
        JsonNode report = scan.path("report");
        write(report.path("policy").asText());
        command.show(scan, () -> report(report));
        return strict && open(report) > 0 ? FAILED : 0;
    }

    private void report(JsonNode report) {
        out.println(report.path("tables").asInt() + " tables, "
                + report.path("columns").asInt() + " columns, "
                + report.path("rows").asLong() + " rows looked at in "
                + report.path("millis").asLong() + " ms");
        String table = "";
        for (JsonNode finding : report.path("findings")) {
            if (!finding.path("table").asText().equals(table)) {
                table = finding.path("table").asText();
                out.println();
                out.println(Text.plain(table));
            }
            out.println("  " + line(finding));
            finding.path("evidence")
                    .forEach(
                            why -> out.println("      " + terminal.styled(Line.Style.FAINT, Text.plain(why.asText()))));
        }
        report.path("unread")
                .forEach(one ->
                        out.println(terminal.styled(Line.Style.BAD, "Not looked at: " + Text.plain(one.asText()))));
        report.path("notes").forEach(one -> out.println(Text.plain(one.asText())));
        out.println();
        out.println(report.path("findings").size() + " findings, " + open(report)
                + " of them direct and undecided or kept; "
                + report.path("undecidedColumns").asInt()
                + " columns without a decision"
                + policyOut
                        .map(file -> "; proposals for all of them are in " + file)
                        .orElse(""));
    }

    private String line(JsonNode finding) {
        String place = Text.plain(finding.path("column").asText())
                + (finding.path("path").isTextual()
                        ? " " + Text.plain(finding.path("path").asText())
                        : "");
        String what = finding.path("kind").asText() + " "
                + Math.round(finding.path("confidence").asDouble() * 100) + " %";
        String decision = finding.path("decision").asText("");
        if (decision.isEmpty()
                || decision.equals("null") && finding.path("decision").isNull()) {
            String proposal = finding.path("proposal").isTextual()
                    ? "undecided, proposed: "
                            + Text.plain(finding.path("proposal").asText())
                    : "undecided";
            return place + "  " + what + "  " + terminal.styled(Line.Style.BAD, proposal);
        }
        return place + "  " + what + "  "
                + (decision.equals("keep")
                        ? terminal.styled(
                                Line.Style.BAD,
                                "kept as it is, " + finding.path("decidedIn").asText())
                        : terminal.styled(Line.Style.GOOD, "masked by " + Text.plain(decision)));
    }

    /** Findings that lead to a person and that nobody masks. */
    private static int open(JsonNode report) {
        int open = 0;
        for (JsonNode finding : report.path("findings")) {
            boolean masked = finding.path("decision").isTextual()
                    && !finding.path("decision").asText().equals("keep");
            open += finding.path("direct").asBoolean() && !masked ? 1 : 0;
        }
        return open;
    }

    private void write(String policy) {
        if (policyOut.isEmpty()) {
            return;
        }
        try {
            Files.writeString(policyOut.get(), policy, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw CopyOptions.wrong("The policy file cannot be written.", "Check the path after --policy-out.");
        }
    }
}
