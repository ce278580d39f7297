package dev.caravan.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.scenario.Scenario;
import dev.caravan.schema.Identifiers;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestResources;
import dev.caravan.servers.TestServers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The judge is judged: one thing is changed in a copy, and the comparison must name it. */
class DatabaseComparisonIT {
    private static TestDatabase original;

    @BeforeAll
    static void makeTheOriginal() {
        Scenario.createRoles(TestServers.source());
        original = TestServers.source().createDatabase("original");
        original.run(TestResources.text("/comparison/sample.sql"));
    }

    @AfterAll
    static void dropTheOriginal() {
        if (original != null) {
            original.close();
        }
    }

    @Test
    void unchangedCopyIsIdentical() {
        try (TestDatabase copy = copied()) {
            assertEquals(List.of(), DatabaseComparison.of(original, copy).differences());
        }
    }

    @Test
    void orderOfRowsDoesNotMatter() {
        try (TestDatabase copy = copied()) {
            copy.execute("UPDATE parent SET name = name WHERE id < 10", "VACUUM FULL parent");
            assertEquals(List.of(), DatabaseComparison.of(original, copy).differences());
        }
    }

    @Test
    void ownersAndPrivilegesMayBeLeftOut() {
        try (TestDatabase copy = copied()) {
            copy.execute(
                    "ALTER TABLE child OWNER TO scenario_owner",
                    "REVOKE SELECT ON child FROM scenario_reader",
                    "REVOKE UPDATE (note) ON child FROM scenario_writer",
                    "ALTER DEFAULT PRIVILEGES REVOKE SELECT ON TABLES FROM scenario_reader",
                    "ALTER LARGE OBJECT 5001 OWNER TO scenario_owner");
            assertEquals(
                    List.of(),
                    DatabaseComparison.of(original, copy).withoutOwnership().differences());
            copy.execute("UPDATE keys SET v = 9 WHERE v = 1");
            assertEquals(
                    1,
                    DatabaseComparison.of(original, copy)
                            .withoutOwnership()
                            .differences()
                            .size());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        UPDATE keys SET v = 4 WHERE v = 3                      | rows of "public"."keys": content
        UPDATE keys SET v = v + 1                              | rows of "public"."keys": content
        INSERT INTO keys VALUES (3)                            | rows of "public"."keys": number is <3> in the source and <4>
        DELETE FROM keys WHERE v = 1                           | rows of "public"."keys": number is <3> in the source and <2>
        UPDATE keys SET v = NULL WHERE v = 1                   | rows of "public"."keys": content
        UPDATE child SET note = NULL WHERE id = 1              | rows of "public"."child": content
        UPDATE child SET amount = 1.5 WHERE id = 1             | rows of "public"."child": content
        UPDATE child SET doc = '{"a": 1.0}' WHERE id = 1       | rows of "public"."child": content
        UPDATE child SET mood = 'happy' WHERE id = 1           | rows of "public"."child": content
        DELETE FROM parted_low                                 | rows of "public"."parted_low": number
        DROP TABLE keys                                        | rows of "public"."keys" is missing in the target
        CREATE TABLE more (id int)                             | schema: more; Type: TABLE; Schema: public; Owner: postgres is only in the target
        ALTER TABLE keys ALTER v TYPE bigint                   | column public.keys.v: type is <integer> in the source and <bigint>
        ALTER TABLE keys RENAME v TO w                         | column public.keys.v is missing in the target
        ALTER TABLE parent ALTER name DROP NOT NULL            | column public.parent.name: not null is <t>
        ALTER TABLE parent ALTER name SET DEFAULT 'x'          | column public.parent.name: default is <null>
        ALTER TABLE child ALTER doc SET STORAGE EXTERNAL       | column public.child.doc: storage is <x>
        ALTER TABLE child ALTER doc SET STATISTICS 7           | column public.child.doc: statistics target is <null>
        ALTER TABLE child ALTER doc SET (n_distinct = 3)       | column public.child.doc: options is <null>
        ALTER TABLE child SET (fillfactor = 50)                | relation public.child: options is <null>
        ALTER TABLE child REPLICA IDENTITY FULL                | relation public.child: replica identity is <d>
        ALTER TABLE child SET UNLOGGED                         | relation public.child: persistence is <p>
        ALTER TABLE parent ENABLE ROW LEVEL SECURITY           | relation public.parent: row security is <f>
        ALTER TABLE child CLUSTER ON child_amount              | index public.child_amount: clustered is <f>
        DROP INDEX child_amount                                | index public.child_amount is missing
        ALTER INDEX child_amount RENAME TO other               | index public.other is only in the target
        UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'child_amount'::regclass | index public.child_amount: valid is <t>
        UPDATE pg_constraint SET convalidated = false WHERE conname = 'child_parent' | constraint child_parent on public.child: validated is <t>
        UPDATE pg_constraint SET convalidated = false WHERE conname = 'amount_positive' | constraint amount_positive on public.child: validated is <t>
        ALTER TABLE child DROP CONSTRAINT child_parent         | constraint child_parent on public.child is missing
        ALTER TABLE child ALTER CONSTRAINT child_parent DEFERRABLE | constraint child_parent on public.child: deferrable is <f>
        ALTER TABLE child DISABLE TRIGGER hooked               | trigger hooked on public.child: enabled is <O> in the source and <D>
        ALTER TABLE child ENABLE ALWAYS TRIGGER hooked         | trigger hooked on public.child: enabled is <O> in the source and <A>
        ALTER TABLE child DISABLE TRIGGER ALL                  | trigger internal, of child_parent, "RI_FKey_check_ins" on public.child is only in the target
        DROP TRIGGER hooked ON child                           | trigger hooked on public.child is missing
        ALTER TABLE parent DISABLE RULE ruled                  | rule ruled on public.parent: enabled is <O>
        ALTER POLICY own ON parent USING (id > 1)              | policy own on public.parent: using is
        ALTER POLICY own ON parent TO PUBLIC                   | roles of policy own on public.parent: list
        ALTER EVENT TRIGGER watching DISABLE                   | event trigger watching: enabled is <O>
        ALTER STATISTICS together SET STATISTICS 5             | statistics object public.together: target is <null>
        ALTER PUBLICATION published SET (publish = 'insert')   | publication published: deletes is <t>
        ALTER TYPE mood ADD VALUE 'so so' AFTER 'sad'          | enum public.mood: labels
        CREATE OR REPLACE VIEW shown AS SELECT id + 0 AS id FROM parent | schema: shown; Type: VIEW; Schema: public; Owner: postgres: definition
        CREATE OR REPLACE FUNCTION hook() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END' | function public.hook(): definition's hash
        ALTER FUNCTION hook() SECURITY DEFINER                 | function public.hook(): security definer is <f>
        REFRESH MATERIALIZED VIEW stored WITH NO DATA          | relation public.stored: populated is <t>
        UPDATE pg_extension SET extversion = '0.9' WHERE extname = 'hstore' | extension hstore: version is <
        COMMENT ON TABLE child IS 'kids'                       | comment on table public.child: text is <children>
        SELECT setval('child_id_seq', 5)                       | sequence "public"."child_id_seq": last value is <20>
        SELECT setval('child_id_seq', 20, false)               | sequence "public"."child_id_seq": is called is <true>
        ALTER SEQUENCE child_id_seq CACHE 5                    | sequence options of public.child_id_seq: cache is <1>
        ALTER SEQUENCE child_id_seq OWNED BY NONE              | sequence options of public.child_id_seq: owned by
        SELECT lo_put(5001, 0, 'L')                            | large object 5001: content
        SELECT lo_unlink(5001)                                 | large object 5001 is missing
        SELECT lo_create(5002)                                 | large object 5002 is only in the target
        ALTER LARGE OBJECT 5001 OWNER TO scenario_owner        | owner of large object 5001: name is <postgres>
        ALTER TABLE child OWNER TO scenario_owner              | owner of table public.child: name is <postgres> in the source and <scenario_owner>
        ALTER SCHEMA public OWNER TO scenario_owner            | owner of schema public: name
        GRANT INSERT ON child TO scenario_reader               | privileges on table public.child: list
        GRANT SELECT ON child TO scenario_reader WITH GRANT OPTION | privileges on table public.child: list
        REVOKE EXECUTE ON FUNCTION hook() FROM PUBLIC          | privileges on function public.hook(): list
        GRANT SELECT (note) ON child TO scenario_writer        | privileges on column public.child.note: list
        ALTER DEFAULT PRIVILEGES GRANT INSERT ON TABLES TO scenario_reader | default privileges of postgres in all schemas for r: list
        """)
    void changeIsNamed(String change, String difference) {
        try (TestDatabase copy = copied()) {
            copy.execute("SET allow_system_table_mods = on; " + change);
            List<String> differences = DatabaseComparison.of(original, copy).differences();
            assertTrue(
                    differences.stream().anyMatch(found -> found.startsWith(difference)),
                    () -> "not among\n" + String.join("\n", differences));
        }
    }

    private static TestDatabase copied() {
        TestDatabase copy = TestServers.source().createDatabase("changed");
        copy.server().dropDatabase(copy.name());
        copy.server()
                .administer("CREATE DATABASE " + Identifiers.quoted(copy.name()) + " TEMPLATE "
                        + Identifiers.quoted(original.name()));
        return copy;
    }
}
