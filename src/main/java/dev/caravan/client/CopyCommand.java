package dev.caravan.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.schema.CaravanException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code copy}: has a running service copy a database, and shows how far it is. */
public final class CopyCommand {
    private CopyCommand() {}

    /**
     * Ctrl-C and SIGTERM cancel the job; the process then ends by itself with the exit code.
     *
     * @param args what follows {@code copy} on the command line
     * @return the exit code: 0 the job succeeded, 1 it failed or was cancelled, 2 it was refused, lost, or the call was wrong
     */
    public static int run(List<String> args, PrintStream out, PrintStream err) {
        return run(args, System.getenv(), JobWatch.Patience.USUAL, out, err);
    }

    static int run(
            List<String> args,
            Map<String, String> environment,
            JobWatch.Patience patience,
            PrintStream out,
            PrintStream err) {
        CopyOptions options;
        JsonNode request;
        try {
            options = CopyOptions.parse(args, environment);
            if (options.help()) {
                out.print(CopyOptions.USAGE);
                return 0;
            }
            request = request(options);
        } catch (CaravanException e) {
            Refusal.of(e).lines().forEach(err::println);
            return JobWatch.REFUSED;
        }
        Display display = options.json() ? new JsonDisplay(out, err) : Displays.forPeople(environment, out, err);
        JobWatch watch = new JobWatch(new CopyService(options.server(), options.key()), display, patience);
        try (CancelOnInterrupt interrupt = new CancelOnInterrupt(watch::cancel)) {
            int code = watch.run(request);
            interrupt.finished(code);
            return code;
        }
    }

    /** The body: the request file's, if any, with what the command line says in its place. */
    private static JsonNode request(CopyOptions options) {
        ObjectNode request = options.request().map(CopyCommand::read).orElseGet(CopyService.JSON::createObjectNode);
        options.source().ifPresent(name -> request.put("source", name));
        options.target().ifPresent(name -> request.put("target", name));
        options.mask().ifPresent(mask -> request.put("mask", mask));
        options.maskPolicy().ifPresent(name -> request.put("maskPolicy", name));
        if (!options.onlyTenants().isEmpty()) {
            request.set("onlyTenants", CopyService.JSON.valueToTree(options.onlyTenants()));
        }
        options.crossTenant().ifPresent(choice -> request.put("crossTenant", choice));
        return request;
    }

    private static ObjectNode read(Path file) {
        return JsonFile.object(
                file.toString(),
                System.in,
                "The request file " + Text.plain(file.toString()),
                "{\"source\": \"shop-prod\", \"target\": \"shop-dev\", \"mask\": false}");
    }
}
