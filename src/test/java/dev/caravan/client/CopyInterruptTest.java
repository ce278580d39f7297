package dev.caravan.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.caravan.client.ScriptedService.Step;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CopyInterruptTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void signalCancelsTheJobAndExitsWith1(String signal) throws Exception {
        assumeFalse(
                ignored(signal),
                "whoever started the tests had them ignore SIG" + signal
                        + ", as a shell does with what it runs behind");
        try (ScriptedService service = new ScriptedService(new Step("RUNNING", "COPY", null))) {
            Process copy = start(service);
            try {
                await().atMost(30, SECONDS)
                        .until(() -> !service.calls("GET", ScriptedService.ID).isEmpty());
                new ProcessBuilder("kill", "-" + signal, String.valueOf(copy.pid()))
                        .start()
                        .waitFor();
                assertTrue(copy.waitFor(30, SECONDS), "the command ends");
            } finally {
                copy.destroyForcibly();
            }
            assertEquals(1, copy.exitValue());
            assertEquals(1, service.calls("POST", "/cancel").size());
            String output = Files.readString(folder.resolve("output"));
            assertTrue(output.contains("Cancelling the job") && output.contains("CANCELLED"), output);
        }
    }

    @Test
    void undisturbedProcessExitsWithTheCommandsCode() throws Exception {
        try (ScriptedService service = ScriptedService.thatSucceeds()) {
            Process copy = start(service);
            try {
                assertTrue(copy.waitFor(30, SECONDS), "the command ends");
            } finally {
                copy.destroyForcibly();
            }
            assertEquals(0, copy.exitValue());
            assertEquals(0, service.calls("POST", "/cancel").size());
        }
    }

    /** Whether this process ignores a signal, as then do those that it starts; false where the system does not tell. */
    private static boolean ignored(String signal) throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return false;
        }
        int number = signal.equals("INT") ? 2 : 15;
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                .anyMatch(mask -> (mask >>> number - 1 & 1) == 1);
    }

    private Process start(ScriptedService service) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder command = new ProcessBuilder(
                java,
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path")
                        + File.pathSeparator
                        + System.getProperty("surefire.test.class.path", ""),
                "dev.caravan.client.CopyProcess",
                "--source",
                "a",
                "--target",
                "b",
                "--server",
                service.address().toString());
        return command.redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
    }
}
