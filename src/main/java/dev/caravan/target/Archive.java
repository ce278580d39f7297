package dev.caravan.target;

import dev.caravan.connection.ClientProgram;
import dev.caravan.connection.ClientTools;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import dev.caravan.schema.ForeignKey;
import dev.caravan.schema.Index;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The definitions of a database, as pg_dump's custom format without data, and its table of contents by section. */
public final class Archive {
    /** Stands before the entries of any list, of an empty one too. */
    private static final String HEADING = "Selected TOC Entries:";

    private static final Pattern LINE = Pattern.compile("(\\d+); (\\d+) (\\d+) (.*)");

    private final byte[] content;
    private final List<Entry> preData;
    private final List<Entry> postData;

    /**
     * What an entry defines, as the source knows it; both are 0 for entries that are no object of their own, such as comments.
     *
     * @param classOid oid of the catalogue, such as 1259 for pg_class
     * @param oid the object's oid in it
     */
    public record Id(long classOid, long oid) {
        private static final long PG_CLASS = 1259;
        private static final long PG_CONSTRAINT = 2606;

        /** The entry that makes an index: its constraint's when it has one. */
        public static Id of(Index index) {
            return index.constraint()
                    .map(constraint -> new Id(PG_CONSTRAINT, constraint.oid()))
                    .orElseGet(() -> new Id(PG_CLASS, index.oid()));
        }

        /** The entry that makes a foreign key. */
        public static Id of(ForeignKey key) {
            return new Id(PG_CONSTRAINT, key.oid());
        }
    }

    /**
     * A line of the table of contents.
     *
     * @param dumpId its number, by which pg_restore is told what to restore
     * @param id what it defines
     * @param text kind, schema, name and owner, as pg_restore lists them: names are not quoted, line breaks are blanks
     */
    public record Entry(int dumpId, Id id, String text) {
        boolean is(String kind) {
            return text.startsWith(kind + " ");
        }

        /** The text without the owner, for reports. */
        String object() {
            int owner = text.lastIndexOf(' ');
            return (owner < 0 ? text : text.substring(0, owner)).replaceFirst(" - ", " ");
        }
    }

    private Archive(byte[] content, List<Entry> preData, List<Entry> postData) {
        this.content = content;
        this.preData = List.copyOf(preData);
        this.postData = List.copyOf(postData);
    }

    /**
     * Reads the table of contents with {@code pg_restore -l}.
     *
     * @param content what pg_dump wrote; kept, not copied
     */
    public static Archive read(byte[] content, ClientTools tools) {
        return new Archive(content, section(content, tools, "pre-data"), section(content, tools, "post-data"));
    }

    private static List<Entry> section(byte[] content, ClientTools tools, String section) {
        // Listing connects to nothing: no host, no login.
        try (ClientProgram program = new ClientProgram(tools.pgRestore(), Map.of("LC_ALL", "C"))) {
            String listed =
                    new String(program.run(List.of("--list", "--section=" + section), content), StandardCharsets.UTF_8);
            if (!listed.contains(HEADING)) {
                // Without it nothing would be restored, and nobody would say so.
                throw CaravanException.of(
                        ErrorCode.TOOL_FAILED, "pg_restore did not list the definitions.", "Run the job again.");
            }
            return entries(listed);
        }
    }

    static List<Entry> entries(String listed) {
        List<Entry> entries = new ArrayList<>();
        for (String line : listed.split("\n", -1)) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                entries.add(new Entry(
                        Integer.parseInt(matcher.group(1)),
                        new Id(Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3))),
                        matcher.group(4)));
            }
        }
        return entries;
    }

    byte[] content() {
        return content;
    }

    /** Everything that comes before the rows: schemas, types, tables, functions, views. */
    public List<Entry> preData() {
        return preData;
    }

    /** Everything that comes after the rows: indexes, constraints, triggers, rules, policies. */
    public List<Entry> postData() {
        return postData;
    }
}
