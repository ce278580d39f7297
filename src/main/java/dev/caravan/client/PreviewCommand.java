package dev.caravan.client;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.schema.CaravanException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code preview}: a few rows of a table, as they are and as a masked copy would have them. */
public final class PreviewCommand {
    private static final String USAGE = """
            Usage: ./caravan preview --source A --table SCHEMA.TABLE [--rows 5] [--mask-policy P] [--masks FILE] [--server URL] [--json]

              --source A       connection to read, as the service's configuration names it
              --table T        schema and name, as in public.customer
              --rows N         1 to 20 rows; 5 without it
              --mask-policy P  mask as the policy P says
              --masks FILE     masks of this preview's own, as JSON by table and column; they count before the policy
              --server URL     the service; default CARAVAN_SERVER or http://127.0.0.1:8080
              --key-file FILE  file with the API key; default the key in CARAVAN_API_KEY
              --json           the answer as the API gives it

            What is shown is personal data; the service keeps in mind who asked. Exit code: 0, or 2 refused or wrongly called.
            """;
    private static final int REFUSED = 2;
    private static final String RED = "\u001b[31m";
    private static final String GREEN = "\u001b[32m";
    private static final String DIM = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    private final Terminal terminal;
    private final PrintStream out;

    private PreviewCommand(Terminal terminal, PrintStream out) {
        this.terminal = terminal;
        this.out = out;
    }

    /** @param args what follows {@code preview} on the command line @return the exit code */
    public static int run(List<String> args, PrintStream out, PrintStream err) {
        return run(args, System.getenv(), out, err);
    }

    static int run(List<String> args, Map<String, String> environment, PrintStream out, PrintStream err) {
        if (args.contains("--help") || args.contains("-h")) {
            out.print(USAGE);
            return 0;
        }
        try {
            return call(args, environment, out, err);
        } catch (CaravanException e) {
            Refusal.of(e).lines().forEach(err::println);
            return REFUSED;
        }
    }

    private static int call(List<String> args, Map<String, String> environment, PrintStream out, PrintStream err) {
        ObjectNode request = CopyService.JSON.createObjectNode();
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
                case "--source" -> request.put("source", value);
                case "--table" -> request.put("table", value);
                case "--mask-policy" -> request.put("maskPolicy", value);
                case "--rows" -> request.put("rows", rows(value));
                case "--masks" -> request.set("masks", masks(Path.of(value)));
                default -> {
                    if (!service.take(option, value)) {
                        throw CopyOptions.wrong(
                                "There is no option \"" + Text.plain(option) + "\".", "See ./caravan preview --help.");
                    }
                }
            }
        }
        if (!request.has("source") || !request.has("table")) {
            throw CopyOptions.wrong(
                    "Name a source and a table.",
                    "For example: ./caravan preview --source shop-prod --table public.customer");
        }
        Answer answer = service.service().preview(request);
        if (answer.refusal().isPresent() || answer.body().isEmpty()) {
            answer.refusal().ifPresent(refusal -> refusal.lines().forEach(err::println));
            return REFUSED;
        }
        if (json) {
            out.println(CopyService.written(answer.body().get()));
        } else {
            new PreviewCommand(Terminal.of(environment), out).show(answer.body().get());
        }
        return 0;
    }

    private static int rows(String text) {
        if (!text.matches("[1-9]|1[0-9]|20")) {
            throw CopyOptions.wrong("--rows is a number from 1 to 20.", "Leave it out for 5.");
        }
        return Integer.parseInt(text);
    }

    private static JsonNode masks(Path file) {
        try {
            JsonNode masks = CopyService.JSON.readTree(Files.readAllBytes(file));
            if (masks instanceof ObjectNode) {
                return masks;
            }
        } catch (JacksonException e) {
            // Reported below: the parser's own message quotes the text.
        } catch (IOException e) {
            throw CopyOptions.wrong("The file of masks cannot be read.", "Name a file that is there and may be read.");
        }
        throw CopyOptions.wrong(
                "The file of masks does not hold a JSON object.",
                "It looks like {\"public.customer\": {\"email\": \"email\"}}");
    }

    private void show(JsonNode preview) {
        JsonNode columns = preview.path("columns");
        int width = 0;
        for (JsonNode column : columns) {
            width = Math.max(
                    width, Text.columns(Text.plain(column.path("column").asText())));
        }
        out.println(preview.path("table").asText() + "   masked by the policy "
                + preview.path("policy").asText());
        for (JsonNode row : preview.path("rows")) {
            out.println();
            for (int i = 0; i < columns.size(); i++) {
                out.println("  "
                        + Text.padded(Text.plain(columns.get(i).path("column").asText()), width) + "  "
                        + line(columns.get(i), row.get(i)));
            }
        }
        if (preview.path("rows").isEmpty()) {
            out.println("The table is empty.");
        }
    }

    private String line(JsonNode column, JsonNode values) {
        if (!column.has("masker")) {
            return coloured(RED, "nobody has decided: a masked copy would stop here");
        }
        String before = value(values.path("before"));
        if (column.path("masker").asText().equals("keep")) {
            return before
                    + coloured(
                            DIM, "   kept: " + Text.plain(column.path("reason").asText("")));
        }
        return coloured(RED, before) + " " + terminal.glyphs().arrow() + " "
                + coloured(GREEN, value(values.path("after")))
                + coloured(DIM, "   " + Text.plain(column.path("masker").asText()));
    }

    private static String value(JsonNode value) {
        return value.isNull() || value.isMissingNode() ? "NULL" : Text.plain(value.asText());
    }

    private String coloured(String colour, String text) {
        return terminal.colour() ? colour + text + PLAIN : text;
    }
}
