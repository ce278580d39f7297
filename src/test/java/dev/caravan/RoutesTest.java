package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.plan.CopyFormat;
import dev.caravan.plan.ForeignKeyBuild;
import dev.caravan.plan.IndexBuild;
import dev.caravan.plan.LargeObjectBatch;
import dev.caravan.plan.Part;
import dev.caravan.plan.TableFinish;
import dev.caravan.plan.WorkUnit;
import dev.caravan.schema.TableName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.language.MethodCallExpression;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Camel does not check at its start: a direct: that nobody consumes, a method that no bean has, a step without a name. */
class RoutesTest {
    private static Service service;
    private static List<RouteDefinition> routes;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws Exception {
        service = Service.of(Optional.empty(), configuration().properties()).start();
        routes = service.context()
                .getCamelContextExtension()
                .getContextPlugin(Model.class)
                .getRouteDefinitions();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** With two schedules, so that their template is used twice. */
    private static ServiceUnderTest.Configuration configuration() {
        ServiceUnderTest.Configuration configuration = new ServiceUnderTest.Configuration(folder)
                .with("caravan.connection.shop.url", "jdbc:postgresql://nowhere.invalid/shop")
                .with("caravan.connection.shop.role", "source")
                .with("caravan.connection.shop.username", "reader")
                .with("caravan.connection.dev.url", "jdbc:postgresql://nowhere.invalid/dev")
                .with("caravan.connection.dev.role", "target")
                .with("caravan.connection.dev.username", "writer");
        for (String name : List.of("nightly", "weekly")) {
            configuration
                    .with("caravan.schedule." + name + ".cron", "0 0 2 1/31 * ? 2098-2099")
                    .with("caravan.schedule." + name + ".zone", "Europe/Berlin")
                    .with("caravan.schedule." + name + ".request", "{\"source\": \"shop\", \"target\": \"dev\"}");
        }
        return configuration;
    }

    /** The routes of our files; those that Camel makes of the contract have names of its own. */
    private static List<RouteDefinition> own() {
        List<RouteDefinition> own = routes.stream()
                .filter(route -> (Boolean.TRUE.equals(route.isTemplate())
                                || Optional.ofNullable(route.getResource())
                                        .map(resource -> resource.getLocation().contains("routes/"))
                                        .orElse(false))
                        && !Boolean.TRUE.equals(route.isRest()))
                .toList();
        assertTrue(own.size() > 25, () -> "routes found: " + own.size());
        return own;
    }

    private static List<ProcessorDefinition<?>> steps() {
        List<ProcessorDefinition<?>> steps = new ArrayList<>();
        own().forEach(route -> collect(route.getOutputs(), steps));
        return steps;
    }

    private static void collect(List<ProcessorDefinition<?>> outputs, List<ProcessorDefinition<?>> into) {
        for (ProcessorDefinition<?> step : outputs) {
            into.add(step);
            collect(step.getOutputs(), into);
        }
    }

    private static String address(String uri) {
        String resolved = service.context().resolvePropertyPlaceholders(uri);
        int query = resolved.indexOf('?');
        return (query < 0 ? resolved : resolved.substring(0, query)).replace("://", ":");
    }

    @Test
    void everyQueueAndEveryDirectRouteThatIsCalledHasAConsumer() {
        Set<String> consumed = routes.stream()
                .map(route -> route.getInput().getEndpointUri())
                // A template's clock has placeholders that only its own route resolves.
                .filter(uri -> !uri.startsWith("quartz:"))
                .map(RoutesTest::address)
                .collect(Collectors.toSet());
        Set<String> unanswered = new TreeSet<>();
        for (ProcessorDefinition<?> step : steps()) {
            if (step instanceof ToDefinition to) {
                unanswered.add(address(to.getEndpointUri()));
            }
        }
        unanswered.removeIf(uri -> !uri.startsWith("direct:") && !uri.startsWith("seda:"));
        assertTrue(unanswered.size() > 8, unanswered::toString);
        unanswered.removeAll(consumed);
        assertEquals(Set.of(), unanswered);
    }

    @Test
    void everyKindOfWorkHasItsRoute() {
        TableName table = new TableName("public", "t");
        List<WorkUnit> units = List.of(
                new Part(
                        "j",
                        1,
                        table,
                        table,
                        List.of(),
                        CopyFormat.TEXT,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        false,
                        1),
                new IndexBuild("j", null, false, 1),
                new TableFinish("j", table, List.of(), true, 1),
                new ForeignKeyBuild("j", null, null, false, false, 1),
                new LargeObjectBatch("j", List.of(1L), 1));
        assertEquals(WorkUnit.class.getPermittedSubclasses().length, units.size());
        Set<String> routeIds = own().stream().map(RouteDefinition::getRouteId).collect(Collectors.toSet());
        ToDynamicDefinition step = steps().stream()
                .filter(ToDynamicDefinition.class::isInstance)
                .map(ToDynamicDefinition.class::cast)
                .findFirst()
                .orElseThrow();
        for (WorkUnit unit : units) {
            assertTrue(routeIds.contains(unit.step()), unit::step);
            assertTrue(step.getDescriptionText().contains(unit.step()), unit::step);
        }
    }

    @Test
    void everyMethodThatAStepNamesIsThere() {
        Set<String> faults = new TreeSet<>();
        int calls = 0;
        for (ProcessorDefinition<?> step : steps()) {
            if (step instanceof BeanDefinition bean) {
                calls++;
                check(step.getId(), bean.getRef(), bean.getBeanType(), bean.getMethod(), faults);
            } else if (step instanceof ExpressionNode node
                    && node.getExpression() instanceof MethodCallExpression call) {
                calls++;
                check(step.getId(), call.getRef(), call.getBeanTypeName(), call.getMethod(), faults);
            }
        }
        assertTrue(calls > 50, "calls seen: " + calls);
        assertEquals(Set.of(), faults);
    }

    private static void check(String step, String ref, String typeName, String call, Set<String> faults) {
        Object bean = ref == null ? null : service.context().getRegistry().lookupByName(ref);
        Class<?> type;
        try {
            type = bean != null ? bean.getClass() : Class.forName(String.valueOf(typeName));
        } catch (ClassNotFoundException e) {
            faults.add(step + ": there is no bean " + ref);
            return;
        }
        int open = String.valueOf(call).indexOf('(');
        String name = open < 0 ? call : call.substring(0, open);
        int given = open < 0 || call.endsWith("()")
                ? -1
                : (int) call.chars().filter(c -> c == ',').count() + 1;
        boolean there = Arrays.stream(type.getMethods())
                .filter(method -> method.getDeclaringClass() != Object.class)
                .anyMatch(method -> method.getName().equals(name)
                        && (open < 0
                                ? Arrays.stream(method.getParameters())
                                                .filter(parameter -> parameter.getAnnotations().length == 0)
                                                .count()
                                        <= 2
                                : method.getParameterCount() == Math.max(0, given)));
        if (!there) {
            faults.add(step + ": " + type.getSimpleName() + " has no public " + call);
        }
    }

    @Test
    void everyStepHasAnIdOfItsOwnAndEveryRouteSaysWhatItDoes() {
        Set<String> faults = new TreeSet<>();
        Set<String> ids = new HashSet<>();
        for (RouteDefinition route : own()) {
            if (!ids.add(route.getRouteId())) {
                faults.add(route.getRouteId() + ": twice");
            }
            if (route.getDescriptionText() == null) {
                faults.add(route.getRouteId() + ": no description");
            }
        }
        for (ProcessorDefinition<?> step : steps()) {
            if (!step.hasCustomIdAssigned()) {
                faults.add(step.getParent() + ": a " + step.getShortName() + " without an id");
            } else if (!ids.add(step.getId())) {
                faults.add(step.getId() + ": twice");
            }
        }
        assertEquals(Set.of(), faults);
    }

    @Test
    void everyScheduleHasARouteOfItsOwnAndAClock() {
        for (String name : List.of("nightly", "weekly")) {
            assertTrue(own().stream().anyMatch(route -> route.getRouteId().equals("schedule-" + name)));
            QuartzEndpoint clock = (QuartzEndpoint)
                    service.context().getRoute("schedule-" + name).getEndpoint();
            assertEquals(name, clock.getTriggerKey().getName());
            assertEquals("0 0 2 1/31 * ? 2098-2099", clock.getCron());
            assertEquals("Europe/Berlin", clock.getTriggerParameters().get("timeZone"));
        }
    }

    @Test
    void noRouteIsStoppedAndTheContextIsUp() {
        CamelContext context = service.context();
        assertTrue(context.getStatus().isStarted());
        own().forEach(route -> assertTrue(
                context.getRouteController().getRouteStatus(route.getRouteId()).isStarted(), route::getRouteId));
    }

    /** They are listed by name. */
    @Test
    void everyFileOfRoutesIsLoaded() throws Exception {
        Set<String> files;
        try (Stream<Path> found = Files.list(Path.of("src/main/resources/routes"))) {
            files = found.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
        String listed = service.context().resolvePropertyPlaceholders("{{camel.main.routesIncludePattern}}");
        assertEquals(
                files,
                Arrays.stream(listed.split(","))
                        .map(location -> location.replace("classpath:routes/", ""))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }
}
