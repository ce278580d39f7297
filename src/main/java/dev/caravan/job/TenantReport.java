package dev.caravan.job;

import dev.caravan.schema.TableName;
import java.util.List;

/**
 * What was found in the new database when the tenants' isolation was proved, before it took the old one's place.
 *
 * @param tables every table, partitioned ones as a whole
 * @param keys keys that PostgreSQL does not hold for valid: virtual ones, and declared ones that are NOT VALID
 */
public record TenantReport(List<TableRows> tables, List<KeyRows> keys) {
    public TenantReport {
        tables = List.copyOf(tables);
        keys = List.copyOf(keys);
    }

    /**
     * The rows of a table by whose they are.
     *
     * @param table the table
     * @param rows all rows; 0 when it was not looked into, since nobody's rows are in it
     * @param chosen rows that belong to a chosen tenant
     * @param nobody rows that belong to no tenant
     * @param included rows that belong to other tenants and were included on purpose
     * @param foreign rows that belong to other tenants only, and should not be there
     */
    public record TableRows(TableName table, long rows, long chosen, long nobody, long included, long foreign) {}

    /**
     * Rows that reference nothing.
     *
     * @param key the constraint's name, or where the virtual key was written
     * @param table the referencing table
     * @param orphans how many of its rows reference a row that is not there
     */
    public record KeyRows(String key, TableName table, long orphans) {}
}
