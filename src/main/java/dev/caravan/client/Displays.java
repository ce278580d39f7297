package dev.caravan.client;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Chooses how a job is shown. */
final class Displays {
    private static final Duration MEASURE_EVERY = Duration.ofSeconds(2);

    private Displays() {}

    /** Bars on a terminal, lines elsewhere. */
    static Display forPeople(Map<String, String> environment, PrintStream out, PrintStream err) {
        Terminal terminal = Terminal.of(environment);
        return terminal.redraws() ? new BarDisplay(measured(terminal), out, err) : new LineDisplay(terminal, out, err);
    }

    /** The terminal in its present size: nobody tells Java when a window is resized, so it is asked now and then. */
    private static Supplier<Terminal> measured(Terminal first) {
        return new Supplier<>() {
            private Terminal now = first;
            private long askedAt = System.nanoTime();

            @Override
            public Terminal get() {
                if (System.nanoTime() - askedAt > MEASURE_EVERY.toNanos()) {
                    askedAt = System.nanoTime();
                    now = now.resized(size());
                }
                return now;
            }
        };
    }

    private static String size() {
        try {
            Process stty = new ProcessBuilder("sh", "-c", "stty size </dev/tty 2>/dev/null").start();
            boolean answered = stty.waitFor(500, TimeUnit.MILLISECONDS);
            if (!answered) {
                stty.destroy();
                return "";
            }
            return new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
