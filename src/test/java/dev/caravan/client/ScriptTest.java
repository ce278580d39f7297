package dev.caravan.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script, in a folder whose name has a space, with programs that only say how they were called. */
class ScriptTest {
    @TempDir
    private Path folder;

    private Path home;
    private Path programs;
    private String output;

    @BeforeEach
    void layOut() throws IOException {
        home = Files.createDirectories(folder.resolve("a project's home"));
        programs = Files.createDirectories(folder.resolve("some programs"));
        Files.copy(Path.of("caravan"), home.resolve("caravan"));
        home.resolve("caravan").toFile().setExecutable(true);
        Files.createDirectories(home.resolve("src/main"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        for (String tool : List.of(
                "sh",
                "sed",
                "head",
                "find",
                "dirname",
                "readlink",
                "cat",
                "mkdir",
                "mv",
                "rm",
                "grep",
                "tail",
                "id",
                "touch")) {
            Path found = Files.exists(Path.of("/usr/bin", tool)) ? Path.of("/usr/bin", tool) : Path.of("/bin", tool);
            program(tool, "exec " + found + " \"$@\"\n");
        }
        java("17.0.9");
        program("javac", "");
        program("pg_dump", "");
        program("mvn", """
                if [ "$1" = --version ]; then echo "Apache Maven 3.9.1 (abc)"; exit; fi
                echo "built in $PWD: $*" >>"$MARKS"
                mkdir -p target/lib; touch target/caravan.jar
                """);
    }

    private void java(String version) throws IOException {
        program("java", """
                if [ "$1" = -version ]; then echo 'openjdk version "%s" 2025-04-15' >&2; exit; fi
                for argument in "$@"; do echo "[$argument]"; done
                echo "terminal [$CARAVAN_TERMINAL]"
                exit 7
                """.formatted(version));
    }

    private void program(String name, String body) throws IOException {
        Path file = programs.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private int caravan(String... args) throws Exception {
        return run(home.resolve("caravan"), args);
    }

    private int run(Path script, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(args));
        ProcessBuilder process =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        process.environment().clear();
        process.environment().put("PATH", programs.toString());
        process.environment().put("MARKS", folder.resolve("marks").toString());
        Process running = process.redirectInput(Path.of("/dev/null").toFile()).start();
        output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(running.waitFor(20, TimeUnit.SECONDS));
        return running.exitValue();
    }

    private long builds() throws IOException {
        Path marks = folder.resolve("marks");
        return Files.exists(marks) ? Files.readAllLines(marks).size() : 0;
    }

    @Test
    void argumentsReachJavaAsTheyAreAndItsExitCodeComesBack() throws Exception {
        assertEquals(7, caravan("copy", "--request", "my file.json", "$(x)"));
        String jar = home.toRealPath() + "/target/caravan.jar";
        assertTrue(output.contains("[-jar]\n[" + jar + "]\n[copy]\n[--request]\n[my file.json]\n[$(x)]\n"), output);
        assertTrue(output.contains("terminal []"), "a pipe is no terminal");
    }

    @Test
    void scriptFindsItsHomeThroughASymbolicLink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a project's home/caravan"));
        assertEquals(7, run(link, "copy"));
        assertTrue(output.contains(home.toRealPath() + "/target/caravan.jar"), output);
    }

    @Test
    void itBuildsOnceAndAgainWhenASourceIsNewer() throws Exception {
        caravan("copy");
        assertTrue(output.contains("caravan: building"), output);
        caravan("copy");
        assertEquals(1, builds(), output);
        Path source = Files.writeString(home.resolve("src/main/A.java"), "class A {}");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        caravan("copy");
        assertEquals(2, builds());
        String mark = Files.readAllLines(folder.resolve("marks")).get(0);
        assertTrue(mark.contains("-DskipTests -Dspotless.check.skip package"), mark);
    }

    @Test
    void failedBuildSaysWhyAndIsTriedAgain() throws Exception {
        program(
                "mvn",
                "[ \"$1\" = --version ] && { echo 'Apache Maven 3.9.1'; exit; }; echo '[ERROR] no luck'; exit 1\n");
        assertEquals(2, caravan("copy"));
        assertTrue(output.contains("[ERROR] no luck") && output.contains("the build failed"), output);
        assertEquals(2, caravan("copy"));
        assertTrue(output.contains("the build failed"), output);
    }

    @Test
    void oldMavenOrNoneMeansTheWrapper() throws Exception {
        program("mvn", "echo 'Apache Maven 3.6.3'\n");
        Files.copy(programs.resolve("mvn"), home.resolve("mvnw"));
        Files.writeString(home.resolve("mvnw"), "#!/bin/sh\necho wrapped >>\"$MARKS\"\n");
        caravan("test", "-Dtest=A");
        assertEquals(List.of("wrapped"), Files.readAllLines(folder.resolve("marks")));
        Files.delete(programs.resolve("mvn"));
        caravan("test");
        assertEquals(2, builds());
    }

    @Test
    void testRunsTheWholeSuiteLoudly() throws Exception {
        assertEquals(0, caravan("test", "-Dx=a b"));
        assertEquals(
                "built in " + home.toRealPath() + ": -B verify -Dx=a b",
                Files.readAllLines(folder.resolve("marks")).get(0));
    }

    @Test
    void serveGetsASmallHeapUnlessToldOtherwise() throws Exception {
        caravan("serve", "--config", "x y.properties");
        assertTrue(output.contains("[-Xmx256m]\n[-XX:+UseSerialGC]\n[-jar]"), output);
        assertTrue(output.contains("[serve]\n[--config]\n[x y.properties]"), output);
    }

    @Test
    void classesArchivedByTheBuildAreUsedWhileTheyAreThere() throws Exception {
        String archive = home.toRealPath() + "/target/client.jsa";
        caravan("copy");
        assertTrue(!output.contains("client.jsa"), output);
        Files.writeString(home.resolve("target/client.jsa"), "");
        caravan("copy", "--json");
        assertTrue(output.contains("[-XX:SharedArchiveFile=" + archive + "]\n"), output);
        assertTrue(output.contains("[copy]\n[--json]\n"), output);
    }

    @Test
    void versionOfAJdkIsReadFromItsFile() throws Exception {
        Files.writeString(folder.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"11.0.2\"\n");
        assertEquals(2, caravan("serve"));
        assertTrue(output.contains("version 11") && output.contains("17 or later"), output);
    }

    @Test
    void serveWritesAClassArchiveAndReadsItUntilTheJarIsNewer() throws Exception {
        Path archive = home.toRealPath().resolve("target/service-17.jsa");
        caravan("serve");
        assertTrue(output.contains("[-XX:ArchiveClassesAtExit=" + archive + "]\n"), output);
        Files.createFile(archive);
        Path jar = home.resolve("target/caravan.jar");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(5)));
        caravan("serve");
        assertTrue(output.contains("[-XX:SharedArchiveFile=" + archive + "]\n"), output);
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(5)));
        caravan("serve");
        assertTrue(output.contains("[-XX:ArchiveClassesAtExit=" + archive + "]\n"), output);
        java("25.0.1");
        caravan("serve");
        assertTrue(output.contains("[-XX:+AutoCreateSharedArchive]\n[-XX:SharedArchiveFile="), output);
    }

    @Test
    void missingOrOldJavaIsOneClearLine() throws Exception {
        java("11.0.2");
        assertEquals(2, caravan("serve"));
        assertTrue(output.contains("version 11") && output.contains("17 or later"), output);
        Files.delete(programs.resolve("java"));
        assertEquals(2, caravan("serve"));
        assertEquals(1, output.lines().count(), output);
        assertTrue(output.contains("there is no Java here"), output);
    }

    @Test
    void runtimeWithoutACompilerIsNamed() throws Exception {
        Files.delete(programs.resolve("javac"));
        assertEquals(2, caravan("copy"));
        assertTrue(output.contains("not only a runtime"), output);
    }

    @Test
    void unknownCommandOrNoneIsExit2WithTheUsage() throws Exception {
        assertEquals(2, caravan("dance"));
        assertTrue(output.contains("there is no command \"dance\"") && output.contains("Usage:"), output);
        assertEquals(2, caravan());
        assertEquals(0, caravan("help"));
        assertTrue(output.startsWith("Usage: ./caravan"), output);
    }
}
