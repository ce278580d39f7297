package dev.caravan.servers;

import dev.caravan.schema.Identifiers;
import java.sql.Connection;
import java.sql.SQLException;

/** A database made for one test; closing it drops it, whoever is connected. */
public record TestDatabase(TestServer server, String name) implements AutoCloseable {

    /** The JDBC address, without a login. */
    public String url() {
        return server.url(name);
    }

    /** A session of the superuser, which the caller closes. */
    public Connection connect() throws SQLException {
        return server.connect(name);
    }

    public Connection connect(Login login) throws SQLException {
        return server.connect(name, login);
    }

    /**
     * Runs a script through psql as the superuser, so that whatever a dump may hold works, and stops at the first error.
     *
     * @throws IllegalStateException with psql's message
     */
    public void run(String script) {
        ClientPrograms.run(this, script, "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", "-");
    }

    /** Runs statements as the superuser, each in its own transaction. */
    public void execute(String... statements) {
        try (Connection connection = connect()) {
            Sql.execute(connection, statements);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** First column of the only row of a query by the superuser, or null where it is NULL. */
    public String text(String query) {
        try (Connection connection = connect()) {
            return Sql.text(connection, query);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Grants a login SELECT on every table and sequence there is now; this does show in the database's privileges. */
    public void grantReading(Login login) {
        execute("DO $do$ DECLARE s regnamespace; BEGIN FOR s IN SELECT oid FROM pg_namespace WHERE nspname !~ '^pg_'"
                + " AND nspname <> 'information_schema' LOOP"
                + " EXECUTE format('GRANT USAGE ON SCHEMA %1$s TO %2$I', s, " + Identifiers.literal(login.role())
                + "); EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %1$s TO %2$I', s, "
                + Identifiers.literal(login.role())
                + "); EXECUTE format('GRANT SELECT ON ALL SEQUENCES IN SCHEMA %1$s TO %2$I', s, "
                + Identifiers.literal(login.role()) + "); END LOOP; END $do$");
    }

    @Override
    public void close() {
        server.dropDatabase(name);
    }
}
