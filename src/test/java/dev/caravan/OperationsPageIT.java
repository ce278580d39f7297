package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.caravan.servers.Browser;
import dev.caravan.servers.Login;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServer;
import dev.caravan.servers.TestServers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page for operators in a real browser: a copy started, watched, failed with its remedy, and cancelled. */
class OperationsPageIT {
    @TempDir
    static Path folder;

    private static TestDatabase source;
    private static String target;
    private static ServiceUnderTest service;
    private static Browser browser;

    private final List<String> complaints = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() {
        browser = Browser.start();
        TestServer targetServer = TestServers.target();
        Login admin = new Login(targetServer.superuser(), targetServer.password());
        Login reader = TestServers.source().createSourceReader("BYPASSRLS");
        source = TestServers.source().createDatabase("paged");
        source.execute(
                "CREATE TABLE country (code text PRIMARY KEY, name text)",
                "CREATE TABLE customer (id int PRIMARY KEY, email text, country text REFERENCES country)",
                "CREATE TABLE orders (id int PRIMARY KEY, customer_id int REFERENCES customer, total numeric)",
                "INSERT INTO country VALUES ('fi', 'Finland'), ('de', 'Germany')",
                "INSERT INTO customer SELECT i, 'c' || i || '@example.org', 'fi' FROM generate_series(1, 20000) i",
                "INSERT INTO orders SELECT i, 1 + i % 20000, i FROM generate_series(1, 50000) i",
                // Ten seconds of copying on any machine, so that there is something to watch and to cancel.
                "CREATE FUNCTION public.written(word text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN"
                        + " IF pg_catalog.current_database() LIKE '%\\_caravan\\_%' THEN PERFORM pg_catalog.pg_sleep(0.05); END IF;"
                        + " RETURN true; END $$",
                "CREATE TABLE big (id int, filler text CHECK (public.written(filler)))",
                "INSERT INTO big SELECT i, repeat('x', 900) FROM generate_series(1, 200) i");
        source.grantReading(reader);
        target = source.name() + "_paged";
        service = new ServiceUnderTest.Configuration(folder)
                .source("shop", source, reader)
                .target("shop-dev", targetServer, target, admin)
                .target("nowhere", targetServer, target, new Login("nobody_at_all", "wrong"))
                .start();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
            service.close();
            TestServers.target().dropDatabase(target);
            source.close();
        }
    }

    /** Anything on the console is a defect, most of all a violation of the page's own policy. */
    @AfterEach
    void nothingWasComplainedAbout() {
        complaints.removeIf(text -> text.contains("401") || text.contains("502"));
        assertEquals(List.of(), complaints);
    }

    private Page open(NewContextOptions options, String key) {
        Page page = browser.page(options);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.navigate(service.address() + "/");
        page.getByLabel("Your key").fill(key);
        page.keyboard().press("Enter");
        page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Copy jobs"))
                .waitFor();
        return page;
    }

    private static void shoot(Page page, String name) {
        page.screenshot(
                new Page.ScreenshotOptions().setPath(Browser.screenshot(name)).setFullPage(true));
    }

    @Test
    void aWrongKeyIsAskedForAgain() {
        Page page = browser.page(new NewContextOptions());
        page.navigate(service.address() + "/");
        page.getByLabel("Your key").fill("wrong");
        page.keyboard().press("Enter");
        page.getByText("This key is unknown, or has expired.").waitFor();
        page.getByLabel("Your key").fill(TestKeys.VIEWER);
        page.keyboard().press("Enter");
        page.getByText("No copy has been asked for yet.")
                .or(page.locator("tbody .state").first())
                .first()
                .waitFor();
    }

    @Test
    void aCopyIsTriedStartedWatchedAndCancelledByKeyboard() {
        Page page = open(new NewContextOptions().setViewportSize(1280, 860), TestKeys.OPERATOR);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("New copy"))
                .press("Enter");
        page.getByLabel("Target").selectOption("shop-dev");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Dry run"))
                .press("Enter");
        page.getByText("What references what").waitFor();
        assertEquals(4, page.locator("svg.levels rect").count());
        shoot(page, "page-plan");
        assertTrue(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Replace the target"))
                .isDisabled());
        page.getByLabel("to confirm").fill("shop-dev");
        page.keyboard().press("Enter");
        page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("shop → shop-dev"))
                .waitFor();
        page.locator(".state.RUNNING").first().waitFor();
        page.locator(".state.COPYING").first().waitFor();
        shoot(page, "page-running");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Cancel"))
                .press("Enter");
        page.locator(".state.CANCELLED").first().waitFor();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Try again"))
                .press("Enter");
        page.locator(".state.SUCCEEDED")
                .first()
                .waitFor(new com.microsoft.playwright.Locator.WaitForOptions().setTimeout(60_000));
        page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Report"))
                .waitFor();
        page.getByText("Plan", new Page.GetByTextOptions().setExact(true)).click();
        page.locator("details svg.levels rect").first().waitFor();
        assertEquals(4, page.locator("details svg.levels rect").count());
        shoot(page, "page-succeeded");
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Jobs").setExact(true))
                .click();
        page.locator("tbody .state.CANCELLED").first().waitFor();
        shoot(page, "page-jobs");
    }

    @Test
    void aJobMovesByItsStreamAndByAskingWhereNoStreamGetsThrough() {
        Page page = open(new NewContextOptions(), TestKeys.OPERATOR);
        List<String> asked = new CopyOnWriteArrayList<>();
        page.onRequest(request -> {
            if (request.url().matches(".*/copy-jobs/[0-9a-f-]{36}")) {
                asked.add(request.url());
            }
        });
        watchedToItsEnd(page);
        // A copy takes ten seconds here, and whoever asks once a second asks ten times.
        assertTrue(asked.size() <= 5, asked::toString);

        Page cutOff = open(new NewContextOptions(), TestKeys.OPERATOR);
        cutOff.route("**/events?*", route -> {
            if (route.request().headers().getOrDefault("accept", "").contains("event-stream")) {
                route.abort();
            } else {
                route.resume();
            }
        });
        watchedToItsEnd(cutOff);
        complaints.removeIf(text -> text.contains("ERR_FAILED"));
    }

    /** Whoever is about to press a button still has it under his hand after what is around it has moved. */
    private static void watchedToItsEnd(Page page) {
        String id = service.create("{\"source\": \"shop\", \"target\": \"shop-dev\"}");
        page.navigate(service.address() + "/#/jobs/" + id);
        page.locator(".state.COPYING").first().waitFor();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Change and copy"))
                .focus();
        page.locator("figure svg.plot").waitFor();
        assertEquals("Change and copy", page.evaluate("document.activeElement.textContent"));
        page.locator(".state.SUCCEEDED")
                .first()
                .waitFor(new com.microsoft.playwright.Locator.WaitForOptions().setTimeout(60_000));
        page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Report"))
                .waitFor();
        assertEquals("Change and copy", page.evaluate("document.activeElement.textContent"));
    }

    @Test
    void aSearchForPersonalDataShowsWhatItFoundAndThePolicy() {
        Page page = open(new NewContextOptions().setViewportSize(1280, 860), TestKeys.OPERATOR);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Personal data"))
                .press("Enter");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Search"))
                .press("Enter");
        page.getByText("columns without a decision").waitFor();
        page.getByText("Policy file with proposals").click();
        assertTrue(page.locator("details pre").innerText().startsWith("policies:"));
        shoot(page, "page-scan");
    }

    @Test
    void aFailureShowsItsRemedyAndAMissingRightIsNamed() {
        Page page = open(
                new NewContextOptions().setColorScheme(ColorScheme.DARK).setViewportSize(1280, 860), TestKeys.OPERATOR);
        page.navigate(service.address() + "/#/new");
        page.getByLabel("Target").selectOption("nowhere");
        page.getByLabel("to confirm").fill("nowhere");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Replace the target"))
                .click();
        page.locator(".state.FAILED").first().waitFor();
        page.getByText("What to do:").waitFor();
        page.getByText("authentication-failed").first().waitFor();
        page.getByText("It failed in PREFLIGHT. The target is as it was.").waitFor();
        page.getByText("SQLSTATE").first().waitFor();
        shoot(page, "page-failed-dark");
        Page viewers = open(new NewContextOptions(), TestKeys.VIEWER);
        viewers.navigate(service.address() + "/#/new");
        viewers.getByLabel("Target").selectOption("shop-dev");
        viewers.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Dry run"))
                .click();
        viewers.getByText("lacks the right plan").waitFor();
        complaints.removeIf(text -> text.contains("403"));
    }

    @Test
    void aTelephoneIsWideEnough() {
        Page page = open(new NewContextOptions().setViewportSize(360, 740), TestKeys.VIEWER);
        for (String room : List.of("jobs", "new", "schedules", "connections", "maskers", "scan")) {
            page.navigate(service.address() + "/#/" + room);
            page.locator("main h1").first().waitFor();
            page.locator("main table, main form, main .empty").first().waitFor();
            assertEquals(360, page.evaluate("document.documentElement.scrollWidth"), room);
        }
        shoot(page, "page-telephone");
        assertFalse(complaints.stream().anyMatch(text -> text.contains("Content Security")));
    }
}
