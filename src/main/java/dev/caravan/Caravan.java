package dev.caravan;

import dev.caravan.client.CopyCommand;
import dev.caravan.client.DemoCommand;
import dev.caravan.client.PreviewCommand;
import dev.caravan.client.ScanCommand;
import dev.caravan.client.WhyCommand;
import dev.caravan.rest.AuthSettings;
import dev.caravan.rest.NewKey;
import dev.caravan.rest.Role;
import dev.caravan.schema.CaravanException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The commands of the terminal. */
public final class Caravan {
    private static final int REFUSED = 2;
    private static final String USAGE = """
            Usage: caravan COMMAND [OPTIONS]

              serve [--config FILE]   run the service
              copy …                  have a running service copy a database; copy --help says more
              key new NAME …          make an API key; key --help says more
              preview …               show a few rows before and after masking; preview --help says more
              why …                   say why a copy of some tenants would have a row; why --help says more
              scan …                  look for personal data in a source; scan --help says more
              verify-report FILE …    say whether a kept report is as it was signed; --help says more
              demo [--keep]           copy a sample database between two PostgreSQL servers that are started for it
            """;

    private Caravan() {}

    public static void main(String[] args) {
        int code = run(Arrays.asList(args), System.out, System.err);
        if (code != 0) {
            System.exit(code);
        }
        // What is left running, such as a pool of the driver's, must not keep a finished command alive.
        System.exit(0);
    }

    private static int run(List<String> args, PrintStream out, PrintStream err) {
        String command = args.isEmpty() ? "" : args.get(0);
        List<String> rest = args.isEmpty() ? args : args.subList(1, args.size());
        return switch (command) {
            case "serve" -> serve(rest, out, err);
            case "copy" -> CopyCommand.run(rest, out, err);
            case "demo" ->
                new DemoCommand(
                                properties ->
                                        Service.of(Optional.empty(), properties).start(),
                                demoKey())
                        .run(rest, out, err);
            case "preview" -> PreviewCommand.run(rest, out, err);
            case "why" -> WhyCommand.run(rest, System.in, out, err);
            case "scan" -> ScanCommand.run(rest, out, err);
            case "verify-report" -> VerifyReportCommand.run(rest, out, err);
            case "key" -> KeyCommand.run(rest, out, err);
            case "help", "--help", "-h" -> {
                out.print(USAGE);
                yield 0;
            }
            default -> {
                err.print(USAGE);
                yield REFUSED;
            }
        };
    }

    private static DemoCommand.Key demoKey() {
        NewKey key = NewKey.make("demo", Role.ADMIN, Optional.empty(), Set.of());
        Map<String, String> properties = new TreeMap<>();
        key.settings().forEach((name, value) -> properties.put(AuthSettings.KEY_PREFIX + name, value));
        return new DemoCommand.Key(key.text(), properties);
    }

    private static int serve(List<String> args, PrintStream out, PrintStream err) {
        boolean configured = args.size() == 2 && args.get(0).equals("--config");
        if (!args.isEmpty() && !configured) {
            err.print(USAGE);
            return REFUSED;
        }
        try {
            Optional<Path> config = configured ? Optional.of(Path.of(args.get(1))) : Optional.empty();
            Service.of(config, Map.of()).runToItsEnd();
            return 0;
        } catch (Exception e) {
            Optional<CaravanException> known = CaravanException.in(e);
            err.println("caravan: the service did not start: "
                    + known.map(Throwable::getMessage).orElse(e.toString()));
            known.ifPresent(error -> err.println("  " + error.hint()));
            return REFUSED;
        }
    }
}
