package dev.caravan.servers;

import dev.caravan.schema.Identifiers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;

/**
 * A running PostgreSQL and its superuser. Databases and roles get random endings, so that tests can share it.
 *
 * @param superuser name of a superuser, who owns what the methods here create unless they say otherwise
 */
public record TestServer(String host, int port, String superuser, String password) {

    /** The JDBC address of a database, without a login. */
    public String url(String database) {
        return "jdbc:postgresql://" + host + ":" + port + "/"
                + URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A session of the superuser, which the caller closes. */
    public Connection connect(String database) throws SQLException {
        return connect(database, new Login(superuser, password));
    }

    public Connection connect(String database, Login login) throws SQLException {
        return DriverManager.getConnection(url(database), login.role(), login.password());
    }

    /** The server's major version, such as 15. */
    public int major() {
        try (Connection connection = connect("postgres")) {
            return connection.getMetaData().getDatabaseMajorVersion();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new empty database whose name begins with {@code prefix}; whoever closes it drops it. */
    public TestDatabase createDatabase(String prefix) {
        return create(prefix, superuser);
    }

    /** The same, owned by a login, as the target of a copy usually is. */
    public TestDatabase createDatabase(String prefix, Login owner) {
        return create(prefix, owner.role());
    }

    private TestDatabase create(String prefix, String owner) {
        String name = prefix + "_" + randomSuffix();
        administer("CREATE DATABASE " + Identifiers.quoted(name) + " TEMPLATE template0 OWNER "
                + Identifiers.quoted(owner));
        return new TestDatabase(this, name);
    }

    /** Drops a database, ending its sessions, if it is still there. */
    public void dropDatabase(String name) {
        administer("DROP DATABASE IF EXISTS " + Identifiers.quoted(name) + " WITH (FORCE)");
    }

    public boolean hasDatabase(String name) {
        try (Connection connection = connect("postgres")) {
            return Sql.text(connection, "SELECT count(*) FROM pg_database WHERE datname = " + Identifiers.literal(name))
                    .equals("1");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An ordinary role that may log in, with these attributes added, such as {@code CREATEDB}. */
    public Login createLogin(String prefix, String attributes) {
        Login login = new Login(prefix + "_" + randomSuffix(), UUID.randomUUID().toString());
        administer("CREATE ROLE " + Identifiers.quoted(login.role()) + " LOGIN PASSWORD "
                + Identifiers.literal(login.password()) + " " + attributes);
        return login;
    }

    /** A login as targets should have it: may create databases, is no superuser. */
    public Login createTargetLogin() {
        return createLogin("target_login", "CREATEDB");
    }

    /**
     * A login that may read everything and change nothing. Its rights leave no trace in any database, so that a copy can still be
     * identical; before 14 only a superuser's do not, whose transactions are read-only here.
     *
     * @param attributes {@code BYPASSRLS} where tables have row security, else empty
     */
    public Login createSourceReader(String attributes) {
        Login login = createLogin("source_reader", attributes);
        administer(
                major() >= 14
                        ? "GRANT pg_read_all_data TO " + Identifiers.quoted(login.role())
                        : "ALTER ROLE " + Identifiers.quoted(login.role())
                                + " SUPERUSER; ALTER ROLE " + Identifiers.quoted(login.role())
                                + " SET default_transaction_read_only = on");
        // Before 18 no predefined role reads large objects.
        administer("ALTER ROLE " + Identifiers.quoted(login.role()) + " SET lo_compat_privileges = on");
        return login;
    }

    /** Runs statements in the database {@code postgres}, each in its own transaction. */
    public void administer(String... statements) {
        try (Connection connection = connect("postgres")) {
            Sql.execute(connection, statements);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String randomSuffix() {
        return UUID.randomUUID().toString().substring(0, 8);
    }
}
