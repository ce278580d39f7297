package dev.caravan.rest;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.caravan.job.Json;
import dev.caravan.job.Problem;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.apache.camel.spi.RestClientRequestValidator;

/**
 * Checks every request against the contract and throws what is wrong with it. Afterwards the message's Accept header is the
 * one media type to answer with. Thread-safe; the contract is read once.
 */
public final class ContractValidator implements RestClientRequestValidator {
    // As JSON, which the validator would make of it by a slower way. The stock levels pass over unknown query
    // parameters; these pass over nothing but the key, which the guard has seen and the edge has taken away.
    private final OpenApiInteractionValidator validator = OpenApiInteractionValidator.createForInlineApiSpecification(
                    json())
            .withLevelResolver(LevelResolver.create()
                    .withLevel("validation.request.security.missing", ValidationReport.Level.IGNORE)
                    .build())
            .build();

    private static String json() {
        try {
            return Json.MAPPER.writeValueAsString(Contract.document());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public ValidationError validate(Exchange exchange, ValidationContext operation) {
        Message message = exchange.getMessage();
        List<String> produced = Arrays.stream(operation.produces().split(","))
                .filter(type -> !type.equals(Problem.MEDIA_TYPE))
                .sorted()
                .toList();
        String accepted = MediaTypes.best(message.getHeader("Accept", String.class), produced)
                .orElseThrow(() -> Problems.ofStatus(406));
        ValidationReport report = validator.validateRequest(request(message));
        if (report.hasErrors()) {
            throw Violations.of(report);
        }
        message.setHeader("Accept", accepted);
        return null;
    }

    /** What is wrong with the body of a copy job that no call has sent; who sends it is not asked. */
    ValidationReport copyRequest(String json) {
        ValidationReport report = validator.validateRequest(
                new SimpleRequest.Builder(SimpleRequest.Method.POST, Contract.BASE + "/copy-jobs", false)
                        .withContentType(MediaTypes.JSON)
                        .withBody(json)
                        .build());
        return ValidationReport.from(report.getMessages().stream()
                .filter(message -> message.getKey().startsWith("validation.request.body"))
                .toList());
    }

    private static SimpleRequest request(Message message) {
        String path = message.getHeader(Exchange.HTTP_PATH, String.class);
        SimpleRequest.Builder builder =
                new SimpleRequest.Builder(message.getHeader(Exchange.HTTP_METHOD, String.class), path, false);
        String body = message.getBody(String.class);
        if (body != null && !body.isEmpty()) {
            builder.withContentType(MediaTypes.JSON).withBody(body);
        }
        for (String header : Edge.HEADERS_OF_THE_CONTRACT) {
            String value = message.getHeader(header, String.class);
            if (value != null) {
                builder.withHeader(header, value);
            }
        }
        if (message instanceof HttpMessage http) {
            Query.of(http.getRequest().uri()).forEach(builder::withQueryParam);
        }
        return builder.build();
    }
}
