package dev.caravan.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.schema.CaravanException;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * What commands share that ask the service for one thing: how they are called, which service they ask and with which key, and how they
 * refuse. Not thread-safe.
 */
final class ServiceCommand {
    static final int REFUSED = 2;

    private final String name;
    private final String usage;
    private final PrintStream out;
    private final PrintStream err;
    private final ServiceOptions service;
    private final Map<String, Consumer<String>> options = new HashMap<>();
    private final Map<String, Runnable> flags = new HashMap<>();
    private boolean json;

    /**
     * @param name as it stands on the command line
     * @param usage what {@code --help} prints
     * @param environment for the service's address and key
     */
    ServiceCommand(String name, String usage, Map<String, String> environment, PrintStream out, PrintStream err) {
        this.name = name;
        this.usage = usage;
        this.out = out;
        this.err = err;
        this.service = new ServiceOptions(environment);
        flag("--json", () -> json = true);
    }

    /** An option with a value, beside those that say which service. */
    ServiceCommand option(String option, Consumer<String> taken) {
        options.put(option, taken);
        return this;
    }

    /** An option without a value. */
    ServiceCommand flag(String option, Runnable taken) {
        flags.put(option, taken);
        return this;
    }

    /**
     * Reads the command line and asks.
     *
     * @param ask makes the exit code, and throws when an option is missing
     * @return the exit code: {@link #REFUSED} for a wrong call, and what {@code ask} makes otherwise
     */
    int run(List<String> args, ToIntFunction<CopyService> ask) {
        if (args.contains("--help") || args.contains("-h")) {
            out.print(usage);
            return 0;
        }
        try {
            read(args);
            return ask.applyAsInt(service.service());
        } catch (CaravanException e) {
            return refused(Refusal.of(e));
        }
    }

    private void read(List<String> args) {
        Iterator<String> rest = args.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            if (flags.containsKey(option)) {
                flags.get(option).run();
                continue;
            }
            String value = CopyOptions.value(option, Optional.empty(), rest);
            if (options.containsKey(option)) {
                options.get(option).accept(value);
            } else if (!service.take(option, value)) {
                throw CopyOptions.wrong(
                        "There is no option \"" + Text.plain(option) + "\".", "See ./caravan " + name + " --help.");
            }
        }
    }

    /** Shows an answer: as the API gives it where that is wanted, else as {@code shown} does. */
    void show(JsonNode body, Runnable shown) {
        if (json) {
            out.println(CopyService.written(body));
        } else {
            shown.run();
        }
    }

    /** Makes the exit code of an answer; one without a body, or a refusal, is {@link #REFUSED}. */
    int answered(Answer answer, ToIntFunction<JsonNode> taken) {
        if (answer.refusal().isPresent()) {
            return refused(answer.refusal().get());
        }
        return answer.body().map(taken::applyAsInt).orElse(REFUSED);
    }

    private int refused(Refusal refusal) {
        refusal.lines().forEach(err::println);
        return REFUSED;
    }
}
