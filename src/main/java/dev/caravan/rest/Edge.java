package dev.caravan.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.caravan.job.Json;
import dev.caravan.job.Problem;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.auth.User;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConstants;
import org.apache.camel.support.processor.DelegateProcessor;

/**
 * Stands between the HTTP server and the routes. In: only headers and parameters that the contract knows get through, so that
 * no header of Camel's can be set from outside. Out: records become JSON, errors become problems, and no header leaves that
 * was not put there for it. Thread-safe.
 */
final class Edge extends DelegateProcessor {
    /** The request headers that operations read; the contract describes each. */
    static final Set<String> HEADERS_OF_THE_CONTRACT = Set.of("Idempotency-Key", "If-None-Match", "Last-Event-ID");

    // Not Content-Type: a body is always JSON in UTF-8 here, and a charset of the caller's would steer every
    // conversion.
    private static final Set<String> HEADERS = Set.of("Accept", "Idempotency-Key", "If-None-Match", "Last-Event-ID");
    private static final Set<String> PARAMETERS = Set.of("state", "target", "limit", "cursor", "after", "part");

    private final Audit audit;
    private final Operations operations = Operations.ofContract();

    Edge(Processor inner, Audit audit) {
        super(inner);
        this.audit = audit;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        HttpServerRequest request = ((HttpMessage) exchange.getMessage()).getRequest();
        boolean headOnly = request.method() == HttpMethod.HEAD;
        Caller caller = caller(exchange.getMessage());
        try {
            // A variable, which no header can become.
            exchange.setVariable(Guard.CALLER, caller);
            exchange.setVariable("callerName", caller == null ? null : caller.name());
            admit(exchange.getMessage());
            // Bodies are UTF-8 whatever a request without one says; a charset that does not exist would fail every
            // conversion.
            exchange.removeProperty(ExchangePropertyKey.CHARSET_NAME);
            super.process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        Exception failure = exchange.getException();
        exchange.setException(null);
        Message message = exchange.getMessage();
        Reply reply = failure == null ? answer(message) : Problems.reply(failure);
        if (caller != null) {
            audit(caller, request, reply);
        }
        send(message, reply, headOnly);
    }

    /** Whom the guard has let in; null for what everybody may read. */
    private static Caller caller(Message message) {
        return message.getHeader(VertxPlatformHttpConstants.AUTHENTICATED_USER) instanceof User user
                        && user.attributes().getValue(Guard.CALLER) instanceof Caller caller
                ? caller
                : null;
    }

    /** Whatever is not a reading is kept in mind, refused or not. */
    private void audit(Caller caller, HttpServerRequest request, Reply reply) {
        operations.at(request.path()).stream()
                .filter(operation -> operation.method().equals(request.method().name())
                        && !operation.method().equals("GET"))
                .findFirst()
                .ifPresent(operation -> audit.record(
                        caller,
                        Guard.remote(request),
                        operation.id(),
                        request.path(),
                        reply.status(),
                        String.valueOf(reply.headers().getOrDefault("Location", "")),
                        reply.body() instanceof Problem problem ? problem.code() : ""));
    }

    private static void admit(Message message) {
        Map<String, Object> admitted = new HashMap<>();
        HttpServerRequest request = ((HttpMessage) message).getRequest();
        for (String name : HEADERS) {
            List<String> values = request.headers().getAll(name);
            if (!values.isEmpty()) {
                admitted.put(name, String.join(",", values));
            }
        }
        // Of a parameter sent twice the validator sees both and refuses; the routes never do.
        Query.of(request.uri()).forEach((name, values) -> {
            if (PARAMETERS.contains(name)) {
                admitted.put(name, values.get(0));
            }
        });
        admitted.put(Exchange.HTTP_PATH, message.getHeader(Exchange.HTTP_PATH));
        admitted.put(Exchange.HTTP_QUERY, message.getHeader(Exchange.HTTP_QUERY));
        String method = request.method().name();
        admitted.put(
                Exchange.HTTP_METHOD,
                switch (method) {
                    // HEAD is GET, of which only the head is sent.
                    case "HEAD" -> "GET";
                    // Camel takes OPTIONS for any method; it is none of the contract's.
                    case "OPTIONS" -> "NONE";
                    default -> method;
                });
        message.setHeaders(admitted);
    }

    private static Reply answer(Message message) {
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 200, Integer.class);
        Object body = message.getBody();
        if (body instanceof Reply reply) {
            return reply;
        }
        if (status >= 400) {
            Reply refused = Problems.reply(Problem.of(Problems.ofStatus(status)));
            String allow = message.getHeader("Allow", String.class);
            return allow == null ? refused : refused.with("Allow", allow.replace("GET", "GET, HEAD"));
        }
        if (body == null || body instanceof Record) {
            return Reply.of(status, body);
        }
        String contentType = message.getHeader(Exchange.CONTENT_TYPE, String.class);
        byte[] bytes = message.getBody(byte[].class);
        return Reply.of(status, bytes).with("Content-Type", contentType == null ? MediaTypes.JSON : contentType);
    }

    private static void send(Message message, Reply reply, boolean headOnly) throws JsonProcessingException {
        Map<String, Object> headers = new HashMap<>(reply.headers());
        headers.put(Exchange.HTTP_RESPONSE_CODE, reply.status());
        if (reply.body() != null) {
            headers.putIfAbsent(Exchange.CONTENT_TYPE, MediaTypes.JSON);
        }
        message.setHeaders(headers);
        message.setBody(headOnly || reply.body() == null ? null : ByteBuffer.wrap(bytes(reply.body())));
    }

    private static byte[] bytes(Object body) throws JsonProcessingException {
        return body instanceof byte[] bytes ? bytes : Json.MAPPER.writeValueAsBytes(body);
    }
}
