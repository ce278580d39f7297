package dev.caravan.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.caravan.plan.Answer;
import dev.caravan.plan.Question;
import dev.caravan.plan.Question.Computed;
import dev.caravan.plan.Question.Shape;
import dev.caravan.plan.Question.Value;
import dev.caravan.schema.TableName;
import dev.caravan.servers.Login;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a server says to written values, in one read-only transaction that an error does not end. */
class ValueProbeIT {
    private static final TableName TABLE = new TableName("public", "it's \"odd\"");
    private static TestDatabase database;
    private static Login reader;

    @BeforeAll
    static void make() {
        reader = TestServers.source().createLogin("probe_reader", "");
        database = TestServers.source().createDatabase("value_probe");
        database.execute(
                "CREATE TYPE mood AS ENUM ('sad', 'ok')",
                "CREATE DOMAIN digits AS text CHECK (VALUE ~ '^[0-9]+$')",
                "CREATE DOMAIN few AS varchar(3)[] CHECK (cardinality(VALUE) < 3)",
                "CREATE DOMAIN long_digits AS digits CHECK (length(VALUE) > 2)");
        database.grantReading(reader);
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    private static Value value(String column, String declared, Shape shape, String text) {
        return new Value(column, declared, shape, Optional.ofNullable(text));
    }

    private static Question single(String declared, String text) {
        return new Question(TABLE, List.of(value("a", declared, Shape.SINGLE, text)), List.of(), "");
    }

    private static Question element(String declared, String text) {
        return new Question(TABLE, List.of(value("a", declared, Shape.ELEMENT, text)), List.of(), "");
    }

    private static List<Answer> ask(List<Question> questions) {
        try (Connection session = database.connect(reader);
                Statement statement = session.createStatement()) {
            statement.execute("SET search_path = ''");
            session.setAutoCommit(false);
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            List<Answer> answers = ValueProbe.answers(session, questions);
            try (ResultSet row = statement.executeQuery("SHOW statement_timeout")) {
                row.next();
                assertEquals("0", row.getString(1), "the session is as it was");
            }
            return answers;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertAnswers(Object[][] cases) {
        List<Question> questions = new ArrayList<>();
        for (Object[] one : cases) {
            questions.add((Question) one[0]);
        }
        List<Answer> answers = ask(questions);
        for (int i = 0; i < cases.length; i++) {
            assertEquals(cases[i][1], answers.get(i), ValueProbe.query(questions.get(i)) + " " + i);
        }
    }

    @Test
    void typesReadTextsAsCopyDoes() {
        assertAnswers(new Object[][] {
            {single("interval", "1 day"), Answer.TAKEN},
            {single("interval", "nonsense"), Answer.NO_VALUE},
            {single("interval", null), Answer.TAKEN},
            {single("xml", "R&D"), Answer.NO_VALUE},
            {single("xml", "<a/>"), Answer.TAKEN},
            {single("numeric(4,2)", "99.99"), Answer.TAKEN},
            {single("numeric(4,2)", "100"), Answer.NO_VALUE},
            {single("character varying(3)", "abc"), Answer.TAKEN},
            {single("character varying(3)", "abcd"), Answer.NO_VALUE},
            {single("bit(3)", "101"), Answer.TAKEN},
            {single("bit(3)", "1011"), Answer.NO_VALUE},
            {single("money", "much"), Answer.NO_VALUE},
            {single("int4range", "[1,5)"), Answer.TAKEN},
            {single("int4range", "[5,1)"), Answer.NO_VALUE},
            {single("bytea", "\\xfg"), Answer.NO_VALUE},
            {single("inet", "300.1.1.1"), Answer.NO_VALUE},
            {single("timestamp(0) with time zone", "2020-02-30"), Answer.NO_VALUE},
            {single("point", "(1,2)"), Answer.TAKEN},
            {single("public.mood", "glad"), Answer.NO_VALUE},
            {single("public.digits", "12"), Answer.TAKEN},
            {single("public.digits", "x"), Answer.VIOLATED},
            {single("public.long_digits", "12"), Answer.VIOLATED},
            {element("numeric(4,2)[]", "100"), Answer.NO_VALUE},
            {element("public.mood[]", "ok"), Answer.TAKEN},
            {element("public.few", "abc"), Answer.TAKEN},
            {element("public.few", "abcd"), Answer.NO_VALUE},
            {
                new Question(
                        TABLE,
                        List.of(value("a", "jsonb", Shape.DOCUMENT, "{\"a\": 1}")),
                        List.of(),
                        "((a ->> 'a') = '1')"),
                Answer.TAKEN
            },
            {single("public.missing", "x"), Answer.UNKNOWN},
        });
    }

    @Test
    void conditionsAndComputedColumnsAreEvaluatedOverTheRow() {
        List<Value> row =
                List.of(value("a b", "text", Shape.SINGLE, "12"), value("what?", "integer", Shape.SINGLE, null));
        Computed whole = new Computed("whole", "integer", Shape.SINGLE, "(\"a b\")::integer");
        Computed shorter = new Computed("short", "character varying(1)", Shape.SINGLE, "(\"a b\" || 'x'::text)");
        Computed cents = new Computed("cents", "integer", Shape.DOCUMENT, "((\"a b\")::numeric * 0.99)");
        Computed large = new Computed("large", "smallint", Shape.DOCUMENT, "((\"a b\")::numeric * 9999.0)");
        Computed document = new Computed("document", "jsonb", Shape.DOCUMENT, "pg_catalog.to_jsonb(\"a b\")");
        assertAnswers(new Object[][] {
            {new Question(TABLE, row, List.of(), "((\"a b\" ~ '^[0-9]{2}x?$'::text))"), Answer.TAKEN},
            {new Question(TABLE, row, List.of(), "(\"what?\" > 5)"), Answer.TAKEN},
            {new Question(TABLE, row, List.of(), "(\"what?\" IS NOT NULL)"), Answer.VIOLATED},
            {new Question(TABLE, row, List.of(whole), "(whole = 12)"), Answer.TAKEN},
            {new Question(TABLE, row, List.of(whole), "(whole = 13)"), Answer.VIOLATED},
            {new Question(TABLE, row, List.of(shorter), ""), Answer.NO_VALUE},
            {new Question(TABLE, row, List.of(cents), "(cents = 12)"), Answer.TAKEN},
            {new Question(TABLE, row, List.of(large), ""), Answer.NO_VALUE},
            {new Question(TABLE, row, List.of(document), "(document IS NOT NULL)"), Answer.TAKEN},
            {new Question(TABLE, row, List.of(), "((1 / (12 - (\"a b\")::integer)) > 0)"), Answer.NO_VALUE},
            {new Question(TABLE, row, List.of(), "pg_catalog.pg_sleep(60) IS NULL"), Answer.UNKNOWN},
            {new Question(TABLE, row, List.of(), "(missing > 5)"), Answer.UNKNOWN},
        });
    }

    /** What a cast runs is in no expression's text. */
    @Test
    void withSomebodysOwnCastsNothingIsEvaluated() {
        Login owner = TestServers.source().createLogin("probe_owner", "");
        Question asks = single("public.mood", "ok");
        assertEquals(List.of(Answer.TAKEN), ask(List.of(asks)));
        database.execute(
                "CREATE FUNCTION spring(mood) RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "CREATE CAST (mood AS int) WITH FUNCTION spring(mood)");
        try {
            assertEquals(List.of(Answer.TAKEN), ask(List.of(asks)), "a superuser's");
            database.execute("ALTER FUNCTION spring(mood) OWNER TO " + owner.role());
            assertEquals(List.of(Answer.UNKNOWN), ask(List.of(asks)));
        } finally {
            database.execute("DROP CAST (mood AS int)", "DROP FUNCTION spring(mood)");
        }
    }

    @Test
    void noTextIsInAStatement() {
        assertFalse(ValueProbe.query(single("text", "somebody")).contains("somebody"));
        assertFalse(single("text", "somebody").toString().contains("somebody"));
    }
}
