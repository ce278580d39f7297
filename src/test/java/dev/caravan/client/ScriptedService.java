package dev.caravan.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A service over real HTTP whose one job takes the states of a script, one per question, and stays in the last. */
final class ScriptedService implements AutoCloseable {
    static final String ID = "019a3f0c-7c1e-7b0a-9a51-3f6f0c2d4e11";

    /** A moment of the job: its state, its phase or null, and its problem as JSON or null. */
    record Step(String state, String phase, String error) {}

    /** An answer that is given before the script goes on: for refusals and outages. */
    record Reply(int status, Map<String, String> headers, String body) {}

    /** A call that came in. */
    record Call(String method, String path, Map<String, String> headers, String body) {}

    final List<Call> calls = new CopyOnWriteArrayList<>();
    private final HttpServer http;
    private final List<Step> steps;
    private final List<Reply> onCreate = new CopyOnWriteArrayList<>();
    private final List<Reply> onJob = new CopyOnWriteArrayList<>();
    private int step;
    private boolean cancelled;
    private int cancelling = 3;

    ScriptedService(Step... steps) throws IOException {
        this.steps = List.of(steps);
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::serve);
        http.start();
    }

    static ScriptedService thatSucceeds() throws IOException {
        return new ScriptedService(
                new Step("QUEUED", null, null),
                new Step("RUNNING", "PLAN", null),
                new Step("RUNNING", "COPY", null),
                new Step("RUNNING", "INDEX", null),
                new Step("SUCCEEDED", "SWAP", null));
    }

    ScriptedService firstAnsweringCreateWith(Reply reply) {
        onCreate.add(reply);
        return this;
    }

    ScriptedService firstAnsweringJobWith(Reply reply) {
        onJob.add(reply);
        return this;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    List<Call> calls(String method, String pathEnd) {
        return calls.stream()
                .filter(call -> call.method().equals(method) && call.path().endsWith(pathEnd))
                .toList();
    }

    private synchronized void serve(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        calls.add(new Call(exchange.getRequestMethod(), path, headers, body));
        String job = "/api/v1/copy-jobs/" + ID;
        if (exchange.getRequestMethod().equals("POST") && path.equals("/api/v1/copy-jobs")) {
            reply(exchange, onCreate.isEmpty() ? created() : onCreate.remove(0));
        } else if (path.equals(job) && !onJob.isEmpty()) {
            reply(exchange, onJob.remove(0));
        } else if (path.equals(job)) {
            job(exchange, headers.get("If-None-Match"));
        } else if (path.equals(job + "/tables")) {
            tables(exchange);
        } else if (path.equals(job + "/cancel")) {
            cancelled = true;
            reply(exchange, new Reply(202, Map.of(), json(new Step("CANCELLING", "COPY", null))));
        } else if (path.equals(job + "/report")) {
            reply(exchange, new Reply(200, Map.of(), REPORT));
        } else {
            reply(exchange, new Reply(404, Map.of(), problem("not-found", "There is no such job.", "List the jobs.")));
        }
    }

    private Reply created() {
        return new Reply(202, Map.of("Location", "/api/v1/copy-jobs/" + ID), json(steps.get(0)));
    }

    /** Every second question is answered with 304 when it bears the tag, as a job that did not change would be. */
    private void job(HttpExchange exchange, String tag) throws IOException {
        String current = "\"" + step + "\"";
        if (current.equals(tag) && !cancelled && step < steps.size() - 1) {
            step++;
            reply(exchange, new Reply(304, Map.of("ETag", current), ""));
            return;
        }
        // A job takes a while to end: who asked for it has to wait, and could be tempted to ask again.
        Step now = !cancelled ? steps.get(step) : new Step(cancelling-- > 0 ? "CANCELLING" : "CANCELLED", "COPY", null);
        reply(exchange, new Reply(200, Map.of("ETag", current), json(now)));
    }

    private void tables(HttpExchange exchange) throws IOException {
        boolean first = exchange.getRequestURI().getQuery() == null
                || !exchange.getRequestURI().getQuery().contains("cursor");
        reply(
                exchange,
                new Reply(
                        200,
                        Map.of(),
                        first
                                ? "{\"items\":[" + table("public.customer", "DONE") + "],\"next\":\"b/=\"}"
                                : "{\"items\":[" + table("public.order_line", "COPYING") + "]}"));
    }

    static String table(String name, String state) {
        return """
                {"table":"%s","state":"%s","format":"binary","parts":1,"rowsCopied":1204,"bytesCopied":71000000,\
                "bytesTotalEstimated":100000000,"indexes":{"total":3,"done":3},"copyMillis":5,"indexMillis":1}""".formatted(name, state);
    }

    static String json(Step step) {
        boolean ended = !List.of("QUEUED", "RUNNING", "CANCELLING").contains(step.state());
        return """
                {"id":"%s","state":"%s","request":{"source":"shop-prod","target":"shop-dev","mask":false},"attempt":1,\
                "createdAt":"2026-11-02T02:00:00Z","startedAt":"2026-11-02T02:00:01Z","finishedAt":%s,\
                "progress":{"phase":%s,"tables":{"total":2,"done":1,"inProgress":1,"failed":0},\
                "indexes":{"total":6,"done":3},"rowsCopied":2408,"bytesCopied":142000000,\
                "bytesTotalEstimated":200000000,"percent":71,"bytesPerSecond":84000000,"etaSeconds":12,\
                "updatedAt":"2026-11-02T02:00:20Z"},"error":%s,"somethingNew":{"is":"passed over"}}""".formatted(
                        ID,
                        step.state(),
                        ended ? "\"2026-11-02T02:00:42Z\"" : "null",
                        step.phase() == null ? "null" : "\"" + step.phase() + "\"",
                        step.error());
    }

    static String problem(String code, String detail, String hint) {
        return "{\"type\":\"/problems/%s\",\"title\":\"T\",\"status\":409,\"detail\":\"%s\",\"code\":\"%s\",\"hint\":\"%s\"}"
                .formatted(code, detail, code, hint);
    }

    private static final String REPORT = """
            {"jobId":"x","foreignKeys":{"valid":18,"notValid":1},"contentCompared":0,\
            "warnings":["the key a_fk is not valid on the source"],"leftOut":[{"object":"role x","reason":"is not there"}]}""";

    private static void reply(HttpExchange exchange, Reply reply) throws IOException {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
