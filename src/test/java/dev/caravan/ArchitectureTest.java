package dev.caravan;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Who may import whom. A package's own page says the same in words. */
@AnalyzeClasses(packages = "dev.caravan", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "dev.caravan";
    /** What each package may import of ours, beside itself. */
    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("schema", Set.of()),
            Map.entry("connection", Set.of("schema")),
            Map.entry("mask", Set.of("schema")),
            Map.entry("job", Set.of("schema", "mask")),
            Map.entry("tenant", Set.of("schema", "job", "mask")),
            Map.entry("plan", Set.of("schema", "job", "mask", "tenant")),
            Map.entry("source", Set.of("schema", "job", "plan", "tenant", "connection")),
            Map.entry("detect", Set.of("schema", "job", "mask", "plan", "source")),
            Map.entry("target", Set.of("schema", "job", "plan", "connection")),
            Map.entry("copy", Set.of("schema", "job", "mask", "tenant", "plan", "connection", "source", "target")),
            Map.entry("verify", Set.of("schema", "job", "mask", "tenant", "plan", "source", "target")),
            Map.entry("schedule", Set.of("schema", "job")),
            Map.entry("rest", Set.of("schema", "job", "mask", "plan", "connection", "schedule")),
            Map.entry("observe", Set.of("schema", "job")),
            Map.entry("client", Set.of("schema")));

    @ArchTest
    static void everyPackageImportsOnlyWhatItMay(JavaClasses classes) {
        Set<String> forbidden = new TreeSet<>();
        for (JavaClass one : classes) {
            if (one.getPackageName().equals(ROOT)) {
                continue;
            }
            String room = room(one);
            one.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> target.getPackageName().startsWith(ROOT)
                            && !room(target).equals(room))
                    .filter(target -> !MAY_IMPORT.get(room).contains(room(target)))
                    .forEach(target -> forbidden.add(one.getName() + " imports " + target.getName()));
        }
        assertTrue(forbidden.isEmpty(), () -> String.join("\n", forbidden));
    }

    @ArchTest
    static void everyPackageHasItsLineInTheRules(JavaClasses classes) {
        assertEquals(
                new TreeSet<>(MAY_IMPORT.keySet()),
                classes.stream()
                        .filter(one -> !one.getPackageName().equals(ROOT))
                        .map(ArchitectureTest::room)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @ArchTest
    static void everyPackageSaysWhatItIsFor(JavaClasses classes) {
        Set<String> packages =
                classes.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
        packages.removeIf(name -> Files.exists(Path.of("src/main/java", name.replace('.', '/'), "package-info.java")));
        assertEquals(Set.of(), packages);
    }

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingImportsTheEdgesOrTheWiring = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT, ROOT + ".rest..", ROOT + ".observe..")
            .should()
            .dependOnClassesThat(resideInAPackage(ROOT).or(resideInAnyPackage(ROOT + ".rest..", ROOT + ".observe..")));

    /** The demo's servers are its own, and no part of the service. */
    @ArchTest
    static final ArchRule jdbcStaysAtBothEndsAndInTheStore = noClasses()
            .that()
            .resideOutsideOfPackages(
                    ROOT + ".connection..", ROOT + ".source..", ROOT + ".target..", ROOT + ".verify..", ROOT + ".job..")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + ".client.DemoServers")
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.sql..", "org.postgresql.."));

    @ArchTest
    static final ArchRule planIsPure = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".plan..", ROOT + ".tenant..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "java.sql..", "javax.sql..", "org.postgresql..", "org.apache.camel..", "java.io..", "java.nio.."));

    @ArchTest
    static final ArchRule jobKnowsNoCamel = noClasses()
            .that()
            .resideInAPackage(ROOT + ".job..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.apache.camel.."));

    @ArchTest
    static final ArchRule namesSayWhatAClassIs =
            noClasses().should().haveNameMatching(".*(Impl|Manager|Utils?|Helpers?|Transformer|Chunk|Shard)$");

    /** The package right below the root. */
    private static String room(JavaClass one) {
        String name = one.getPackageName();
        if (name.equals(ROOT)) {
            return "(wiring)";
        }
        String below = name.substring(ROOT.length() + 1);
        return below.indexOf('.') < 0 ? below : below.substring(0, below.indexOf('.'));
    }
}
