package dev.caravan.comparison;

import dev.caravan.servers.Sql;
import dev.caravan.servers.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * Compares a copy with what it was copied from: definitions as pg_dump writes them, rows and materialised views by a hash that
 * knows no order, sequences, large objects, and facts of the catalogue. Immutable; both databases should be quiet.
 */
public final class DatabaseComparison {
    private static final CatalogQueries CATALOG = new CatalogQueries("/comparison/catalog.sql");
    private static final CatalogQueries OWNERSHIP = new CatalogQueries("/comparison/ownership.sql");

    private final TestDatabase source;
    private final TestDatabase target;
    private final boolean ownership;

    private DatabaseComparison(TestDatabase source, TestDatabase target, boolean ownership) {
        this.source = source;
        this.target = target;
        this.ownership = ownership;
    }

    public static DatabaseComparison of(TestDatabase source, TestDatabase target) {
        return new DatabaseComparison(source, target, true);
    }

    /** The same without owners and privileges, for a target whose objects belong to somebody else. */
    public DatabaseComparison withoutOwnership() {
        return new DatabaseComparison(source, target, false);
    }

    /**
     * One sentence per difference, sorted by kind and object; empty when the databases are identical. Servers of two versions print the
     * same definition in two ways, have other extensions and other privileges: what PostgreSQL's own copy to the same server differs in
     * too is none.
     */
    public List<String> differences() {
        int major = Math.max(source.server().major(), target.server().major());
        Facts original = facts(source, major);
        List<String> differences = original.differencesTo(facts(target, major));
        if (source.server().major() == target.server().major()) {
            return differences;
        }
        try (TestDatabase reference = ReferenceCopy.of(source, target.server())) {
            Set<String> versions = Set.copyOf(original.differencesTo(facts(reference, major)));
            return differences.stream()
                    .filter(difference -> !versions.contains(difference))
                    .toList();
        }
    }

    private Facts facts(TestDatabase database, int major) {
        Facts facts = new Facts();
        SchemaText.read(database, major, ownership, facts);
        try (Connection connection = database.connect()) {
            // Text forms that are exact, and names that do not depend on what is in the path.
            Sql.execute(
                    connection,
                    "SET search_path = ''",
                    "SET datestyle = 'ISO, YMD'",
                    "SET intervalstyle = 'postgres'",
                    "SET timezone = 'UTC'",
                    "SET extra_float_digits = 3",
                    "SET bytea_output = 'hex'",
                    "SET lc_monetary = 'C'",
                    "SET row_security = off",
                    "SET jit = off");
            CATALOG.read(connection, facts);
            if (ownership) {
                OWNERSHIP.read(connection, facts);
            }
            Contents.readRows(connection, facts);
            Contents.readSequences(connection, facts);
            Contents.readLargeObjects(connection, facts);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read " + database.name(), e);
        }
        return facts;
    }
}
