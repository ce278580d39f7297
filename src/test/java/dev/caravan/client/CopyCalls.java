package dev.caravan.client;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Calls {@code copy} of a scripted service, in a terminal that knows UTF-8 and is in a hurry. */
abstract class CopyCalls {
    static final Map<String, String> UTF8 = Map.of("LANG", "C.UTF-8");
    static final JobWatch.Patience QUICK =
            new JobWatch.Patience(Duration.ofMillis(5), Duration.ofMillis(200), Duration.ofSeconds(5));

    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final ByteArrayOutputStream err = new ByteArrayOutputStream();

    final int copy(ScriptedService service, Map<String, String> environment, String... more) {
        List<String> args = new ArrayList<>(List.of("--source", "shop-prod", "--target", "shop-dev", "--no-mask"));
        args.addAll(List.of("--server", service.address().toString()));
        args.addAll(List.of(more));
        return run(environment, args);
    }

    final int run(Map<String, String> environment, List<String> args) {
        return CopyCommand.run(
                args,
                environment,
                QUICK,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    final String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    final String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
