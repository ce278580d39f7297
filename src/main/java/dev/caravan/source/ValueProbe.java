package dev.caravan.source;

import dev.caravan.plan.Answer;
import dev.caravan.plan.Question;
import dev.caravan.schema.Identifiers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Has the server evaluate its own expressions over texts that a policy writes out. jsonb_to_record reads them by the types' own input functions with their
 * modifiers, as COPY does: a cast would cut what is too long. The texts travel as parameters and stand in no statement.
 */
final class ValueProbe {
    private static final String SETTING = "caravan.asked";
    private static final Duration EACH = Duration.ofSeconds(2);
    private static final Duration ALL = Duration.ofSeconds(60);

    /** What a cast runs is in no expression's text: with such of somebody who is no superuser nothing is evaluated. */
    private static final String OWN_CASTS = """
            SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_cast c JOIN pg_catalog.pg_proc f ON f.oid = c.castfunc
              JOIN pg_catalog.pg_roles r ON r.oid = f.proowner WHERE NOT r.rolsuper)""";

    private ValueProbe() {}

    /**
     * @param session in a read-only transaction, which goes on whatever the answers are
     * @return as many answers as there are questions, in their order
     */
    static List<Answer> answers(Connection session, List<Question> questions) throws SQLException {
        long end = System.nanoTime() + ALL.toNanos();
        List<Answer> answers = new ArrayList<>();
        if (Rows.of(session, OWN_CASTS, row -> row.getBoolean(1)).get(0)) {
            return Collections.nCopies(questions.size(), Answer.UNKNOWN);
        }
        for (Question question : questions) {
            answers.add(System.nanoTime() - end < 0 ? answer(session, question) : Answer.UNKNOWN);
        }
        return answers;
    }

    private static Answer answer(Connection session, Question question) throws SQLException {
        Savepoint before = session.setSavepoint();
        Answer answer;
        try {
            give(session, question.row());
            answer = evaluate(session, question);
        } catch (SQLException e) {
            answer = said(e);
        }
        // Takes the settings back, too.
        session.rollback(before);
        session.releaseSavepoint(before);
        return answer;
    }

    /** Puts the texts where a statement can read them without naming them. */
    private static void give(Connection session, List<Question.Value> row) throws SQLException {
        String members = row.stream()
                .map(value -> Identifiers.literal(value.column()) + ", "
                        + (value.shape() == Question.Shape.ELEMENT
                                        && value.text().isPresent()
                                ? "pg_catalog.jsonb_build_array(?::pg_catalog.text)"
                                : "?::pg_catalog.text"))
                .collect(Collectors.joining(", "));
        try (PreparedStatement statement = session.prepareStatement("SELECT pg_catalog.set_config('" + SETTING
                + "', pg_catalog.jsonb_build_object(" + members
                + ")::pg_catalog.text, true), pg_catalog.set_config('statement_timeout', '" + EACH.toMillis()
                + "', true)")) {
            for (int i = 0; i < row.size(); i++) {
                statement.setString(i + 1, row.get(i).text().orElse(null));
            }
            statement.execute();
        }
    }

    private static Answer evaluate(Connection session, Question question) throws SQLException {
        try (Statement statement = session.createStatement()) {
            // An expression may have braces and question marks of its own.
            statement.setEscapeProcessing(false);
            try (ResultSet row = statement.executeQuery(query(question))) {
                row.next();
                boolean holds = row.getBoolean(1) || row.wasNull();
                return holds ? Answer.TAKEN : Answer.VIOLATED;
            }
        }
    }

    static String query(Question question) {
        String table = Identifiers.quoted(question.table().name());
        List<String> names = new ArrayList<>();
        List<String> read = new ArrayList<>();
        List<String> declared = new ArrayList<>();
        for (Question.Value value : question.row()) {
            String name = Identifiers.quoted(value.column());
            boolean document = value.shape() == Question.Shape.DOCUMENT;
            names.add(name);
            read.add(document ? "CAST(" + name + " AS " + value.declared() + ") AS " + name : name);
            declared.add(name + " " + (document ? "pg_catalog.text" : value.declared()));
        }
        String from = "(SELECT " + String.join(", ", read)
                + " FROM pg_catalog.jsonb_to_record(pg_catalog.current_setting('" + SETTING
                + "')::pg_catalog.jsonb) AS given (" + String.join(", ", declared) + ")) AS " + table;
        if (!question.computed().isEmpty()) {
            from = "(SELECT * FROM " + from
                    + question.computed().stream().map(ValueProbe::computed).collect(Collectors.joining()) + ") AS "
                    + table;
            question.computed().forEach(column -> names.add(Identifiers.quoted(column.column())));
        }
        // What nobody reads would not be read in.
        return "SELECT " + (question.condition().isEmpty() ? "true" : question.condition()) + ", pg_catalog.num_nulls("
                + String.join(", ", names) + ") FROM " + from;
    }

    private static String computed(Question.Computed column) {
        String name = Identifiers.quoted(column.column());
        if (column.shape() == Question.Shape.DOCUMENT) {
            return " CROSS JOIN LATERAL (SELECT CAST((" + column.expression() + ") AS " + column.declared() + ") AS "
                    + name + " OFFSET 0) AS " + name;
        }
        return " CROSS JOIN LATERAL pg_catalog.jsonb_to_record(pg_catalog.jsonb_build_object("
                + Identifiers.literal(column.column()) + ", CAST((" + column.expression()
                + ") AS pg_catalog.text))) AS "
                + name + " (" + name + " " + column.declared() + ")";
    }

    /** @throws SQLException when it is not about the question */
    private static Answer said(SQLException e) throws SQLException {
        String state = String.valueOf(e.getSQLState());
        return switch (state.substring(0, Math.min(2, state.length()))) {
            case "22" -> Answer.NO_VALUE;
            case "23" -> Answer.VIOLATED;
            // A right that is missing, a feature that is not built in, an expression that cannot stand alone.
            case "0A", "42" -> Answer.UNKNOWN;
            default -> {
                if (state.equals("57014")) {
                    yield Answer.UNKNOWN;
                }
                throw e;
            }
        };
    }
}
