package dev.caravan;

import dev.caravan.rest.AuthSettings;
import dev.caravan.rest.NewKey;
import dev.caravan.rest.Role;
import java.io.PrintStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** {@code key new}: makes an API key, shows it once, and prints the lines that declare it, which hold only its hash. */
final class KeyCommand {
    private static final int REFUSED = 2;
    private static final String USAGE = """
            Usage: ./caravan key new NAME --role viewer|operator|admin [--expires 2027-01-31] [--targets shop-dev,shop-qa]

              NAME        who or what the key is for: letters, digits, - and _
              --role      viewer sees, operator copies, admin may do everything
              --expires   the last day (UTC) or the instant to which it works; for ever without it
              --targets   the target connections that it is for; all without it

            The lines for keys.properties go to standard output, the key itself to standard error:
              ./caravan key new ci --role operator >> keys.properties
            """;

    private KeyCommand() {}

    /** @return the exit code: 0, or 2 for a call that cannot be understood */
    static int run(List<String> args, PrintStream out, PrintStream err) {
        if (args.contains("--help") || args.contains("-h")) {
            out.print(USAGE);
            return 0;
        }
        try {
            NewKey key = parse(args);
            key.settings().forEach((setting, value) -> out.println(setting + " = " + value));
            err.println("The key, shown this once:  " + key.text());
            return 0;
        } catch (IllegalArgumentException | DateTimeException e) {
            err.println("caravan: "
                    + (e instanceof DateTimeException ? "--expires is neither a day nor an instant." : e.getMessage()));
            err.print(USAGE);
            return REFUSED;
        }
    }

    private static NewKey parse(List<String> args) {
        Iterator<String> rest = args.iterator();
        if (!rest.hasNext() || !rest.next().equals("new") || !rest.hasNext()) {
            throw new IllegalArgumentException("Say what to make: key new NAME --role ROLE.");
        }
        String name = rest.next();
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,62}")) {
            throw new IllegalArgumentException("A key's name is letters, digits, - and _.");
        }
        Optional<Role> role = Optional.empty();
        Optional<Instant> expires = Optional.empty();
        Set<String> targets = new TreeSet<>();
        while (rest.hasNext()) {
            String option = rest.next();
            if (!rest.hasNext()) {
                throw new IllegalArgumentException("The last option needs a value.");
            }
            String value = rest.next();
            switch (option) {
                case "--role" -> role = Role.of(value);
                case "--expires" -> expires = Optional.of(AuthSettings.parse(value));
                case "--targets" -> targets.addAll(Arrays.asList(value.split(",")));
                default -> throw new IllegalArgumentException("There is no such option.");
            }
        }
        return NewKey.make(
                name,
                role.orElseThrow(() -> new IllegalArgumentException("--role is one of " + Role.words() + ".")),
                expires,
                targets);
    }
}
