package dev.caravan.scenario;

import dev.caravan.servers.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Values that must not leave a source: put into every column that can hold one, and counted wherever they are. */
public final class Canaries {
    /** What every canary contains. */
    public static final String WORD = "zyxcanary";

    /** Columns that hold texts, of a table with rows of its own; a canary goes in by a cast from text. */
    private static final String PLANT = """
            DO $plant$
            DECLARE it record; held text;
            BEGIN
              FOR it IN SELECT c.oid::regclass AS tab, quote_ident(a.attname) AS col, format_type(a.atttypid, a.atttypmod) AS typ, b.typname AS kind, b.typcategory AS category
                FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                JOIN pg_type t ON t.oid = a.atttypid JOIN pg_type b ON b.oid = CASE t.typtype WHEN 'd' THEN t.typbasetype ELSE t.oid END
                WHERE c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
                ORDER BY 1, a.attnum
              LOOP
                held := CASE WHEN it.kind IN ('json', 'jsonb') THEN '''{"zyxcanary-key": "zyxcanary '' || ctid || ''"}'''
                  WHEN it.kind = 'hstore' THEN '''zyxcanary=>"zyxcanary '' || ctid || ''"'''
                  WHEN it.kind = 'xml' THEN '''<a>zyxcanary '' || ctid || ''</a>'''
                  WHEN it.kind = 'bytea' THEN 'encode(convert_to(''zyxcanary '' || ctid, ''UTF8''), ''hex'')'
                  WHEN it.category = 'A' THEN '''{"zyxcanary '' || ctid || ''"}'''
                  ELSE '''zyxcanary '' || ctid' END;
                IF it.kind = 'bytea' THEN held := '''\\x'' || ' || held; END IF;
                BEGIN
                  EXECUTE format('UPDATE ONLY %s SET %s = (%s)::%s', it.tab, it.col, held, it.typ);
                  EXECUTE 'SET CONSTRAINTS ALL IMMEDIATE';
                EXCEPTION WHEN OTHERS THEN NULL;
                END;
              END LOOP;
            END $plant$""";

    private static final String COUNT = """
            SELECT coalesce(sum((xpath('/row/n/text()', query_to_xml(format(
              'SELECT count(*) AS n FROM ONLY %s r WHERE r::text ~* ''zyxcanary|7a797863616e617279''', c.oid::regclass), false, true, '')))[1]::text::bigint), 0)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'm') AND c.relispopulated AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'""";

    private Canaries() {}

    /** Fills every column that takes one; those that keys, constraints and partitions forbid keep their values. */
    public static void plant(TestDatabase database) {
        database.run(PLANT);
    }

    /** @return how many rows of tables and materialised views hold one */
    public static long in(TestDatabase database) {
        return Long.parseLong(database.text(COUNT));
    }

    /** @return the files under a folder that hold one, in any case */
    public static List<String> in(Path root) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (holds(file)) {
                    found.add(root.relativize(file).toString());
                }
            }
        }
        return found;
    }

    private static boolean holds(Path file) throws IOException {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                    .toLowerCase(Locale.ROOT)
                    .contains(WORD);
        } catch (NoSuchFileException e) {
            // The server removes files as it goes.
            return false;
        }
    }
}
