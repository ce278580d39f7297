package dev.caravan.target;

import dev.caravan.schema.Identifiers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * What of a database is fixed when it is made.
 *
 * @param encoding such as UTF8
 * @param provider pg_database.datlocprovider: {@code c} libc, {@code i} ICU, {@code b} built in; {@code c} before 15
 * @param collate LC_COLLATE
 * @param ctype LC_CTYPE
 * @param locale the provider's own locale, for ICU and the built-in one
 * @param icuRules ICU rules, from 16
 */
public record DatabaseShape(
        String encoding,
        String provider,
        String collate,
        String ctype,
        Optional<String> locale,
        Optional<String> icuRules) {
    /** Reads the shape of the session's database; the catalogue's columns differ between 14, 15, 16 and 17. */
    public static DatabaseShape of(Connection session) throws SQLException {
        int major = session.getMetaData().getDatabaseMajorVersion();
        String provider = major >= 15 ? "datlocprovider::text" : "'c'";
        String locale = major >= 17 ? "datlocale" : major >= 15 ? "daticulocale" : "NULL";
        String rules = major >= 16 ? "daticurules" : "NULL";
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_encoding_to_char(encoding), " + provider
                        + ", datcollate, datctype, " + locale + "::text, " + rules + "::text"
                        + " FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()")) {
            row.next();
            return new DatabaseShape(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    Optional.ofNullable(row.getString(5)),
                    Optional.ofNullable(row.getString(6)));
        }
    }

    /** The options of CREATE DATABASE on a server of that major version. */
    String options(int major) {
        StringBuilder options = new StringBuilder();
        options.append(" ENCODING ").append(Identifiers.literal(encoding));
        options.append(" LC_COLLATE ").append(Identifiers.literal(collate));
        options.append(" LC_CTYPE ").append(Identifiers.literal(ctype));
        if (major < 15) {
            return options.toString();
        }
        String word = provider.equals("i") ? "icu" : provider.equals("b") ? "builtin" : "libc";
        options.append(" LOCALE_PROVIDER ").append(word);
        String setting = provider.equals("b") ? " BUILTIN_LOCALE " : " ICU_LOCALE ";
        locale.filter(unused -> !provider.equals("c"))
                .ifPresent(name -> options.append(setting).append(Identifiers.literal(name)));
        icuRules.ifPresent(rules -> options.append(" ICU_RULES ").append(Identifiers.literal(rules)));
        return options.toString();
    }

    @Override
    public String toString() {
        return encoding + ", collation " + collate + ", character type " + ctype
                + locale.map(name -> ", locale " + name).orElse("");
    }
}
