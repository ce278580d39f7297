package dev.caravan.client;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.schema.CaravanException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    private static final int REFUSED = 2;

    private WhyCommand() {}

    /** @param args what follows {@code why} on the command line @return the exit code */
    public static int run(List<String> args, InputStream in, PrintStream out, PrintStream err) {
        return run(args, System.getenv(), in, out, err);
    }

    static int run(
            List<String> args, Map<String, String> environment, InputStream in, PrintStream out, PrintStream err) {
        if (args.contains("--help") || args.contains("-h")) {
            out.print(USAGE);
            return 0;
        }
        try {
            return call(args, environment, in, out, err);
        } catch (CaravanException e) {
            Refusal.of(e).lines().forEach(err::println);
            return REFUSED;
        }
    }

    private static int call(
            List<String> args, Map<String, String> environment, InputStream in, PrintStream out, PrintStream err) {
        ObjectNode question = CopyService.JSON.createObjectNode();
        ServiceOptions service = new ServiceOptions(environment);
        boolean json = false;
        Iterator<String> rest = args.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            if (option.equals("--json")) {
                json = true;
                continue;
            }
            String value = CopyOptions.value(option, Optional.empty(), rest);
            switch (option) {
                case "--source" -> question.put("source", value);
                case "--table" -> question.put("table", value);
                case "--mask-policy" -> question.put("maskPolicy", value);
                case "--cross-tenant" -> question.put("crossTenant", value);
                case "--only-tenants" ->
                    question.set("onlyTenants", CopyService.JSON.valueToTree(CopyOptions.tenants(value)));
                case "--key" -> question.set("key", key(value, in));
                default -> {
                    if (!service.take(option, value)) {
                        throw CopyOptions.wrong(
                                "There is no option \"" + Text.plain(option) + "\".", "See ./caravan why --help.");
                    }
                }
            }
        }
        if (!question.has("source") || !question.has("table") || !question.has("key")) {
            throw CopyOptions.wrong(
                    "Name a source, a table and a key.",
                    "For example: echo '{\"id\": 4711}' | ./caravan why --source shop-prod --only-tenants 7 --table public.product --key -");
        }
        Answer answer = service.service().why(question);
        if (answer.refusal().isPresent() || answer.body().isEmpty()) {
            answer.refusal().ifPresent(refusal -> refusal.lines().forEach(err::println));
            return REFUSED;
        }
        JsonNode explanation = answer.body().get();
        if (json) {
            out.println(CopyService.written(explanation));
        } else {
            lines(explanation).forEach(out::println);
        }
        return explanation.path("taken").asBoolean() ? 0 : NOT_TAKEN;
    }

    private static JsonNode key(String place, InputStream in) {
        try {
            JsonNode key = CopyService.JSON.readTree(
                    place.equals("-") ? in.readAllBytes() : Files.readAllBytes(Path.of(place)));
            if (key instanceof ObjectNode) {
                return key;
            }
        } catch (JacksonException e) {
            // Reported below: the parser's own message quotes the text.
        } catch (IOException e) {
            throw CopyOptions.wrong("The key cannot be read.", "Name a file that is there and may be read.");
        }
        throw CopyOptions.wrong("The key is not a JSON object.", "It looks like {\"id\": 4711}");
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
