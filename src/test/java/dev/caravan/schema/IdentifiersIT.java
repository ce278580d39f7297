package dev.caravan.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.caravan.servers.TestServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** PostgreSQL reads names and texts as they were meant. */
class IdentifiersIT {
    private static final String[] PIECES = {
        "\"",
        "\"\"",
        "'",
        "''",
        "\\",
        "\\'",
        "\\\\",
        ";",
        "--",
        "/*",
        "*/",
        "$$",
        "$a$",
        "?",
        "{fn now()}",
        "%s",
        "E'",
        "U&\"",
        "\n",
        "\r",
        "\t",
        "\u0001",
        " ",
        ".",
        "select",
        "漢",
        "🐪",
        "é",
        "\u202E",
        "x"
    };

    private static List<String> hostile() {
        Random random = new Random(7);
        List<String> names = new ArrayList<>(List.of(PIECES));
        while (names.size() < 200) {
            StringBuilder name = new StringBuilder();
            for (int i = 1 + random.nextInt(5); i > 0; i--) {
                name.append(PIECES[random.nextInt(PIECES.length)]);
            }
            names.add(name.toString());
        }
        return names;
    }

    @Test
    void quotedNamesAreNamesAndNothingElse() throws SQLException {
        try (Connection session = TestServers.source().connect("postgres");
                Statement statement = session.createStatement()) {
            for (String name : hostile()) {
                try (ResultSet row = statement.executeQuery("SELECT 1 AS " + Identifiers.quoted(name))) {
                    assertEquals(name, row.getMetaData().getColumnLabel(1));
                }
            }
        }
    }

    @Test
    void literalsReadTheSameWhateverTheServersHabit() throws SQLException {
        for (String standard : List.of("on", "off")) {
            try (Connection session = TestServers.source().connect("postgres");
                    Statement statement = session.createStatement()) {
                statement.execute("SET standard_conforming_strings = " + standard);
                for (String text : hostile()) {
                    try (ResultSet row = statement.executeQuery("SELECT " + Identifiers.literal(text))) {
                        row.next();
                        assertEquals(text, row.getString(1), "standard_conforming_strings " + standard);
                    }
                }
            }
        }
    }

    @Test
    void whatNoServerCanHaveIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Identifiers.quoted(""));
        for (String nul : List.of("a\0b", "\0")) {
            assertThrows(IllegalArgumentException.class, () -> Identifiers.quoted(nul));
            assertThrows(IllegalArgumentException.class, () -> Identifiers.literal(nul));
        }
    }
}
