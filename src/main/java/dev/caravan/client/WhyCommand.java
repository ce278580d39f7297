package dev.caravan.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code why}: whether a copy of some tenants would have a row, and because of what. */
public final class WhyCommand {
    private static final String USAGE = """
            Usage: ./caravan why --source A --only-tenants 1,23 --table SCHEMA.TABLE --key FILE [--mask-policy P] [--cross-tenant include] [--server URL] [--json]

              --source A        connection to read, as the service's configuration names it
              --only-tenants T  the tenants of the copy
              --table T         schema and name of the row's table, as in public.product
              --key FILE        the row's key as JSON, such as {"id": 4711}; - is standard input, so that the value is on no command line
              --mask-policy P   the policy whose rules count
              --cross-tenant C  fail, include or nullify, as in the copy
              --server URL      the service; default CARAVAN_SERVER or http://127.0.0.1:8080
              --key-file FILE   file with the API key; default the key in CARAVAN_API_KEY
              --json            the answer as the API gives it

            Exit code: 0 it would have it, 1 it would not, 2 refused or wrongly called.
            """;
    private static final int NOT_TAKEN = 1;

    private WhyCommand() {}

    /** @param args what follows {@code why} on the command line @return the exit code */
    public static int run(List<String> args, InputStream in, PrintStream out, PrintStream err) {
        return run(args, System.getenv(), in, out, err);
    }

    static int run(
            List<String> args, Map<String, String> environment, InputStream in, PrintStream out, PrintStream err) {
        ObjectNode question = CopyService.JSON.createObjectNode();
        ServiceCommand command = new ServiceCommand("why", USAGE, environment, out, err)
                .option("--source", value -> question.put("source", value))
                .option("--table", value -> question.put("table", value))
                .option("--mask-policy", value -> question.put("maskPolicy", value))
                .option("--cross-tenant", value -> question.put("crossTenant", value))
                .option(
                        "--only-tenants",
                        value -> question.set("onlyTenants", CopyService.JSON.valueToTree(CopyOptions.tenants(value))))
                .option("--key", value -> question.set("key", JsonFile.object(value, in, "The key", "{\"id\": 4711}")));
        return command.run(args, service -> {
            if (!question.has("source") || !question.has("table") || !question.has("key")) {
                throw CopyOptions.wrong(
                        "Name a source, a table and a key.",
                        "For example: echo '{\"id\": 4711}' | ./caravan why --source shop-prod --only-tenants 7 --table public.product --key -");
            }
            return command.answered(service.why(question), explanation -> {
                command.show(explanation, () -> lines(explanation).forEach(out::println));
                return explanation.path("taken").asBoolean() ? 0 : NOT_TAKEN;
            });
        });
    }

    private static List<String> lines(JsonNode explanation) {
        List<String> lines = new ArrayList<>();
        lines.add((explanation.path("taken").asBoolean() ? "Taken. " : "Not taken. ")
                + Text.plain(explanation.path("reason").asText()));
        for (JsonNode step : explanation.path("steps")) {
            List<String> key = new ArrayList<>();
            step.path("key")
                    .fields()
                    .forEachRemaining(one -> key.add(Text.plain(one.getKey()) + " "
                            + Text.plain(one.getValue().asText())));
            lines.add("  " + Text.plain(step.path("table").asText())
                    + (key.isEmpty() ? "" : " (" + String.join(", ", key) + ")") + " "
                    + Text.plain(step.path("words").asText()));
        }
        return lines;
    }
}
