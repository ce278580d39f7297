package dev.caravan.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

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
        ObjectNode request = CopyService.JSON.createObjectNode();
        ServiceCommand command = new ServiceCommand("preview", USAGE, environment, out, err)
                .option("--source", value -> request.put("source", value))
                .option("--table", value -> request.put("table", value))
                .option("--mask-policy", value -> request.put("maskPolicy", value))
                .option("--rows", value -> request.put("rows", rows(value)))
                .option("--masks", value -> request.set("masks", masks(value)));
        return command.run(args, service -> {
            if (!request.has("source") || !request.has("table")) {
                throw CopyOptions.wrong(
                        "Name a source and a table.",
                        "For example: ./caravan preview --source shop-prod --table public.customer");
            }
            return command.answered(service.preview(request), preview -> {
                command.show(preview, () -> new PreviewCommand(Terminal.of(environment), out).show(preview));
                return 0;
            });
        });
    }

    private static int rows(String text) {
        if (!text.matches("[1-9]|1[0-9]|20")) {
            throw CopyOptions.wrong("--rows is a number from 1 to 20.", "Leave it out for 5.");
        }
        return Integer.parseInt(text);
    }

    private static JsonNode masks(String place) {
        return JsonFile.object(place, System.in, "The file of masks", "{\"public.customer\": {\"email\": \"email\"}}");
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
            return terminal.styled(Line.Style.BAD, "nobody has decided: a masked copy would stop here");
        }
        String before = value(values.path("before"));
        if (column.path("masker").asText().equals("keep")) {
            return before
                    + terminal.styled(
                            Line.Style.FAINT,
                            "   kept: " + Text.plain(column.path("reason").asText("")));
        }
        return terminal.styled(Line.Style.BAD, before) + " " + terminal.glyphs().arrow() + " "
                + terminal.styled(Line.Style.GOOD, value(values.path("after")))
                + terminal.styled(
                        Line.Style.FAINT,
                        "   " + Text.plain(column.path("masker").asText()));
    }

    private static String value(JsonNode value) {
        return value.isNull() || value.isMissingNode() ? "NULL" : Text.plain(value.asText());
    }
}
