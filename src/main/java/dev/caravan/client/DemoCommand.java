package dev.caravan.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.schema.CaravanException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;

/** {@code demo}: two PostgreSQL servers, a service and one copy, from nothing to a replaced target, and nothing left behind. */
public final class DemoCommand {
    static final String USAGE = """
            Usage: ./caravan demo [--keep]

              --keep   keep the servers and the service up after the copy, also when the output is not a terminal
            """;

    /**
     * The demo's own key, made for this run.
     *
     * @param text what a caller sends
     * @param properties what declares it to a service
     */
    public record Key(String text, Map<String, String> properties) {
        public Key {
            properties = Map.copyOf(properties);
        }
    }

    private final ServiceStarter starter;
    private final Key key;

    public DemoCommand(ServiceStarter starter, Key key) {
        this.starter = starter;
        this.key = key;
    }

    /**
     * @param args what follows {@code demo} on the command line
     * @return the exit code of the copy; 2 when it did not come to one
     */
    public int run(List<String> args, PrintStream out, PrintStream err) {
        return run(args, System.getenv(), out, err);
    }

    int run(List<String> args, Map<String, String> environment, PrintStream out, PrintStream err) {
        if (args.contains("--help") || args.contains("-h")) {
            out.print(USAGE);
            return 0;
        }
        if (!List.of("--keep").containsAll(args)) {
            err.print(USAGE);
            return JobWatch.REFUSED;
        }
        Terminal terminal = Terminal.of(environment);
        try (DemoResources resources = new DemoResources()) {
            DemoServers servers = servers(resources, terminal, out);
            ServiceStarter.RunningService service = service(resources, servers, terminal, out);
            int code = copy(servers, service, environment, terminal, out, err);
            resources.exitCode(code);
            if (terminal.redraws() || args.contains("--keep")) {
                hold(args.contains("--keep"), servers, service, out);
            } else {
                out.println("The service and the servers end now; --keep leaves them up.");
            }
            return code;
        } catch (Exception e) {
            CaravanException.in(e)
                    .map(Refusal::of)
                    .orElseGet(() -> Refusal.of(
                            "demo-failed",
                            "The demo could not be set up: " + e,
                            "It needs about 600 MB in the temporary folder, and to start processes."))
                    .lines()
                    .forEach(err::println);
            return JobWatch.REFUSED;
        }
    }

    private static DemoServers servers(DemoResources resources, Terminal terminal, PrintStream out) throws Exception {
        long begun = System.nanoTime();
        out.println("Starting two PostgreSQL servers and filling the source "
                + terminal.glyphs().ellipsis());
        DemoServers servers = resources.startServers();
        servers.load();
        Map<String, Long> rows = servers.sourceRows();
        out.println(terminal.glyphs().tick() + " source " + DemoServers.SOURCE + " has "
                + Text.counted(rows.size(), "table", "tables") + " and " + Text.counted(sum(rows), "row", "rows")
                + "; target " + DemoServers.TARGET + " is an older version of it ("
                + Text.time(Duration.ofNanos(System.nanoTime() - begun)) + ")");
        return servers;
    }

    private ServiceStarter.RunningService service(
            DemoResources resources, DemoServers servers, Terminal terminal, PrintStream out) throws Exception {
        Map<String, String> properties = new LinkedHashMap<>(servers.connections());
        properties.putAll(key.properties());
        properties.put(
                "caravan.store.url", "jdbc:sqlite:" + resources.directory().file("caravan.db"));
        properties.put(
                "caravan.run.directory", resources.directory().file("run").toString());
        properties.putAll(DemoMasking.settings(resources.directory()));
        properties.put("camel.server.host", "127.0.0.1");
        properties.put("camel.server.port", String.valueOf(port(8080)));
        properties.put("camel.management.port", String.valueOf(port(9876)));
        ServiceStarter.RunningService service = resources.startService(starter, properties);
        out.println(terminal.glyphs().tick() + " service at " + service.address()
                + ", with a page to watch it, and its API to try at " + service.address() + "/swagger-ui/");
        return service;
    }

    private int copy(
            DemoServers servers,
            ServiceStarter.RunningService service,
            Map<String, String> environment,
            Terminal terminal,
            PrintStream out,
            PrintStream err)
            throws Exception {
        Map<String, Long> before = servers.targetRows();
        out.println();
        String command = "$ ./caravan copy --source " + DemoServers.SOURCE + " --target " + DemoServers.TARGET
                + " --mask --server " + service.address();
        out.println(command);
        if (run(DemoMasking.undecided(), service, key.text(), environment, out, out) == JobWatch.REFUSED) {
            return JobWatch.REFUSED;
        }
        out.println();
        out.println(
                "The source is production, so the copy is masked, and nobody has decided on one column: nothing was written.");
        out.println("Decide it, here in the request; a policy file is the place for good:");
        out.println();
        ObjectNode decided = DemoMasking.decided();
        out.println(command + " --request decided.json");
        out.println("  " + decided);
        String original = servers.sourceCustomer();
        int code = run(decided, service, key.text(), environment, out, err);
        out.println();
        out.println(Text.padded(DemoServers.SOURCE, 12) + original);
        out.println(Text.padded(DemoServers.TARGET, 12) + servers.targetCustomer());
        out.println();
        Map<String, Long> all = servers.targetRows();
        counts(before, all, terminal).forEach(out::println);
        out.println();
        if (code != 0) {
            return code;
        }
        out.println("And now only three of the thirty tenants, with what their rows need and nothing of anybody else:");
        out.println();
        out.println(command + " --only-tenants 1,23,4 --cross-tenant nullify --request decided.json");
        code = run(DemoMasking.threeTenants(), service, key.text(), environment, out, err);
        out.println();
        counts(all, servers.targetRows(), terminal).forEach(out::println);
        out.println();
        return code;
    }

    private static int run(
            ObjectNode request,
            ServiceStarter.RunningService service,
            String key,
            Map<String, String> environment,
            PrintStream out,
            PrintStream err) {
        return new JobWatch(
                        new CopyService(service.address(), Optional.of(key)),
                        Displays.forPeople(environment, out, err),
                        JobWatch.Patience.USUAL)
                .run(request);
    }

    /** Rows of the target's tables before and after, side by side. */
    static List<String> counts(Map<String, Long> before, Map<String, Long> after, Terminal terminal) {
        TreeSet<String> tables = new TreeSet<>(before.keySet());
        tables.addAll(after.keySet());
        int name = tables.stream().mapToInt(Text::columns).max().orElse(0);
        List<String> lines = new ArrayList<>();
        lines.add(Text.padded("rows in " + DemoServers.TARGET, Math.max(name, 20)) + "      before       after");
        for (String table : tables) {
            lines.add(Text.padded(Text.plain(table), Math.max(name, 20))
                    + right(before.get(table))
                    + right(after.get(table)));
        }
        return lines;
    }

    private static String right(Long rows) {
        return String.format(Locale.ROOT, "%12s", rows == null ? "-" : Text.count(rows));
    }

    private void hold(boolean keep, DemoServers servers, ServiceStarter.RunningService service, PrintStream out)
            throws IOException, InterruptedException {
        out.println("Page         " + service.address() + "/");
        out.println("API to try   " + service.address() + "/swagger-ui/");
        out.println("API key      " + key.text() + "   (an admin's, for as long as the demo lasts)");
        out.println("Target       psql " + servers.targetAddress());
        out.println("Everything stays up until you press Enter or Ctrl-C, and is removed then.");
        out.flush();
        // Without a standard input there is no Enter: with --keep only a signal ends the demo.
        if (System.in.read() < 0 && keep) {
            new CountDownLatch(1).await();
        }
    }

    private static long sum(Map<String, Long> rows) {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The wanted port, or any other when it is taken. */
    private static int port(int wanted) throws IOException {
        try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }
    }
}
