package dev.caravan.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.comparison.DatabaseComparison;
import dev.caravan.comparison.ReferenceCopy;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServers;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scenarios and the comparison, proven against PostgreSQL's own tools. */
class ScenarioBaselineIT {

    @ParameterizedTest
    @MethodSource("dev.caravan.scenario.Scenario#all")
    void copyByDumpAndRestoreIsIdentical(Scenario scenario) {
        Assumptions.assumeTrue(
                TestServers.source().major() == TestServers.target().major(),
                "servers of two versions print the same definition in two ways");
        Scenario.createRoles(TestServers.target());
        try (TestDatabase source = scenario.load(TestServers.source());
                TestDatabase copy = ReferenceCopy.of(source, TestServers.target())) {
            List<String> differences = DatabaseComparison.of(source, copy).differences();
            List<String> expected = scenario.expectedDifferences();
            List<String> surprises = differences.stream()
                    .filter(difference -> expected.stream().noneMatch(difference::startsWith))
                    .toList();
            assertEquals("", String.join("\n", surprises));
            for (String line : expected) {
                assertTrue(
                        differences.stream().anyMatch(difference -> difference.startsWith(line)),
                        () -> "expected.txt names a difference that is not there: " + line);
            }
        }
    }
}
