package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trading company of docs/tenants.md, whose tables know nothing of tenants: its customers are taken for them. */
class NorthwindIT {
    private static final String SOURCE = """
            CREATE TABLE categories (categoryid int PRIMARY KEY, name text);
            CREATE TABLE suppliers (supplierid int PRIMARY KEY, name text);
            CREATE TABLE shippers (shipperid int PRIMARY KEY, name text);
            CREATE TABLE customers (customerid char(5) PRIMARY KEY, name text NOT NULL);
            CREATE TABLE employees (employeeid int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text, reportsto int REFERENCES employees);
            CREATE TABLE products (productid int PRIMARY KEY, name text, supplierid int REFERENCES suppliers, categoryid int REFERENCES categories);
            CREATE TABLE orders (orderid int PRIMARY KEY, customerid char(5) REFERENCES customers, employeeid int REFERENCES employees,
              shipvia int REFERENCES shippers, orderdate date, note text);
            CREATE TABLE orderdetails (orderid int REFERENCES orders, productid int REFERENCES products, quantity int, PRIMARY KEY (orderid, productid));
            CREATE TABLE news (id int PRIMARY KEY);
            INSERT INTO categories VALUES (1, 'Drinks'), (2, 'Sweets'), (3, 'Nobody buys this');
            INSERT INTO suppliers VALUES (1, 'Tea House'), (2, 'Sugar Mill'), (3, 'Idle Ltd');
            INSERT INTO shippers VALUES (1, 'Swift'), (2, 'Slow');
            INSERT INTO customers VALUES ('ALPHA', 'Alpha Foods'), ('BETA', 'Beta Bistro'), ('GAMMA', 'Gamma Grill');
            INSERT INTO employees (name, reportsto) VALUES ('Ada', NULL), ('Bo', 1), ('Cy', 2), ('Di', 1);
            INSERT INTO products VALUES (1, 'Tea', 1, 1), (2, 'Cake', 2, 2), (3, 'Dust', 3, 3);
            INSERT INTO orders VALUES (1, 'ALPHA', 3, 1, '2026-01-01', 'canary one'), (2, 'ALPHA', 3, NULL, '2024-01-01', 'canary two'),
              (3, 'BETA', 4, 2, '2026-01-01', 'canary three'), (4, NULL, 4, 2, '2026-01-01', 'canary four');
            INSERT INTO orderdetails VALUES (1, 1, 5), (2, 2, 1), (3, 1, 9), (3, 2, 9), (4, 3, 1);
            INSERT INTO news VALUES (1);
            ANALYZE;
            """;

    private static final String POLICY = """
            policies:
              default:
                tenantKey: customers.customerid
              masked:
                tenantKey: customers.customerid
                columns:
                  public.customers.customerid: format-preserving
                  public.customers.name: company
                  public.orders.note: token
                schemas:
                  public: {mask: keep, reason: says nothing about a person}
              recent:
                tenantKey: customers.customerid
                where: {public.orders: "orderdate >= '2025-01-01'"}
            """;

    @TempDir
    private static Path folder;

    private static FromTo all;
    private static ServiceUnderTest service;

    @BeforeAll
    static void start() throws IOException {
        System.setProperty("test.northwind.key", "00112233445566778899aabbccddeefffedcba98765432100123456789abcdef");
        all = FromTo.start(
                folder, "northwind", SOURCE, POLICY, Map.of("caravan.mask.key", "{{sys:test.northwind.key}}"));
        service = all.service();
    }

    @AfterAll
    static void stop() {
        all.close();
    }

    private static String query(String sql) {
        return all.target().text(sql);
    }

    private static String ids(String table, String column) {
        return query(
                "SELECT coalesce(string_agg(" + column + "::text, ',' ORDER BY " + column + "), '') FROM " + table);
    }

    private static JsonNode copy(String more) {
        JsonNode job = all.copy(more);
        assertEquals("SUCCEEDED", job.path("state").asText(), job.toString());
        return job;
    }

    @Test
    void oneCustomersOrdersComeWithAllThatTheyNeedAndNothingOfAnybodyElse() {
        JsonNode job = copy("\"mask\":false,\"onlyTenants\":[\"ALPHA\"]");
        assertEquals("ALPHA", ids("customers", "customerid"));
        assertEquals("1,2", ids("orders", "orderid"));
        assertEquals("1,2", query("SELECT string_agg(orderid::text, ',' ORDER BY orderid) FROM orderdetails"));
        assertEquals("1,2", ids("products", "productid"));
        assertEquals("1,2", ids("categories", "categoryid"));
        assertEquals("1,2", ids("suppliers", "supplierid"));
        assertEquals("1", ids("shippers", "shipperid"));
        // Cy took the orders, reports to Bo, and Bo to Ada.
        assertEquals("1,2,3", ids("employees", "employeeid"));
        assertEquals("", ids("news", "id"));
        assertEquals("0", query("SELECT count(*) FROM pg_constraint WHERE NOT convalidated"));
        assertEquals("5", query("INSERT INTO employees (name) VALUES ('New') RETURNING employeeid"));

        JsonNode report =
                service.call("GET", "/api/v1/copy-jobs/" + job.path("id").asText() + "/report", null);
        long foreign = 0;
        for (JsonNode table : report.at("/tenants/tables")) {
            foreign += table.path("foreign").asLong();
        }
        assertEquals(9, report.at("/tenants/tables").size(), report.toString());
        assertEquals(0, foreign);
        assertTrue(report.path("warnings").toString().contains("public.news"), report.toString());
    }

    @Test
    void thePlanSaysOfEachTableWhichRowsAreTakenAndWhy() {
        JsonNode plan = service.call(
                "POST",
                "/api/v1/plans",
                "{\"source\":\"from\",\"target\":\"to\",\"mask\":false,\"onlyTenants\":[\"ALPHA\"]}");
        TreeSet<String> scopes = new TreeSet<>();
        plan.path("tables")
                .forEach(table -> scopes.add(table.path("table").asText() + " "
                        + table.at("/scope/rows").asText() + " "
                        + table.at("/scope/count").asText()));
        assertEquals(
                "[public.categories REFERENCED 2, public.customers BELONGING 1, public.employees REFERENCED 3,"
                        + " public.news EMPTY 0, public.orderdetails BELONGING 2, public.orders BELONGING 2,"
                        + " public.products REFERENCED 2, public.shippers REFERENCED 1, public.suppliers REFERENCED 2]",
                scopes.toString());
        assertTrue(plan.toString().contains("belongs through orderid → public.orders.orderid"), plan.toString());
    }

    @Test
    void maskedTenantKeysAreFilteredByTheRealOnes() {
        copy("\"mask\":true,\"maskPolicy\":\"masked\",\"onlyTenants\":[\"ALPHA\"]");
        assertEquals("1,2", ids("orders", "orderid"));
        assertFalse(ids("customers", "customerid").contains("ALPHA"));
        assertEquals("2", query("SELECT count(*) FROM orders JOIN customers USING (customerid)"));
        assertEquals("0", query("SELECT count(*) FROM orders o WHERE o::text ILIKE '%canary%'"));
    }

    @Test
    void aConditionLeavesOutRowsAndWhatHangsOnThem() {
        copy("\"mask\":false,\"maskPolicy\":\"recent\",\"onlyTenants\":[\"ALPHA\"]");
        assertEquals("1", ids("orders", "orderid"));
        assertEquals("1", query("SELECT string_agg(orderid::text, ',' ORDER BY orderid) FROM orderdetails"));
        assertEquals("1", ids("products", "productid"));
    }
}
