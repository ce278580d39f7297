package dev.caravan.comparison;

import dev.caravan.servers.ClientPrograms;
import dev.caravan.servers.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What {@code pg_dump --schema-only} says about a database, taken apart into its objects. */
final class SchemaText {
    /** {@code -- Name: customer; Type: TABLE; Schema: public; Owner: shop}, between two lines that hold {@code --} only. */
    private static final Pattern TITLE = Pattern.compile("-- Name: (.*)", Pattern.DOTALL);

    /** Lines that depend on the dump and not on the database; the keys of restrict are random. */
    private static final Pattern NOISE = Pattern.compile(
            "\\\\(un)?restrict .*|SET default_(tablespace|table_access_method) = .*|-- Dumped (from|by) .*|"
                    + "-- PostgreSQL database dump( complete)?|--|");

    private SchemaText() {}

    /** @param major the oldest pg_dump to use */
    static void read(TestDatabase database, int major, boolean ownership, Facts facts) {
        List<String> arguments = new ArrayList<>(List.of("--schema-only"));
        if (!ownership) {
            arguments.addAll(List.of("--no-owner", "--no-privileges"));
        }
        split(ClientPrograms.runOf(major, database, "pg_dump", arguments.toArray(String[]::new)), facts);
    }

    static void split(String dump, Facts facts) {
        String[] lines = dump.split("\n", -1);
        String title = "preamble";
        for (int i = 0; i < lines.length; i++) {
            boolean begins = lines[i].equals("--") && i + 2 < lines.length && lines[i + 2].equals("--");
            var matcher = TITLE.matcher(begins ? lines[i + 1] : "");
            if (matcher.matches()) {
                title = matcher.group(1);
                facts.add("schema: " + title);
                i += 2;
            } else if (!NOISE.matcher(lines[i]).matches()) {
                facts.add("schema: " + title, "definition", lines[i]);
            }
        }
    }
}
