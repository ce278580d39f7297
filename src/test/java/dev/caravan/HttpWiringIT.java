package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.rest.Access;
import dev.caravan.rest.RestEngine;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the HTTP part is put together: where it listens, and that its routes are whole. */
final class HttpWiringIT {
    @TempDir
    Path folder;

    @Test
    void withoutAuthenticationAnAddressThatOthersCanReachIsRefusedAtTheStart() {
        for (String setting : List.of("camel.server.host", "camel.management.host")) {
            for (String host : List.of("0.0.0.0", "::", "192.0.2.1", "no-such-host.invalid")) {
                Throwable thrown = assertThrows(
                        Throwable.class,
                        () -> RestService.start(folder, Map.of(setting, host), Optional.of(Access.open()))
                                .close(),
                        setting + "=" + host);
                CaravanException refused = CaravanException.in(thrown).orElseThrow();
                assertEquals(ErrorCode.CONFIGURATION, refused.code());
                assertTrue(refused.getMessage().startsWith(setting), refused.getMessage());
            }
        }
    }

    @Test
    void withAuthenticationOthersMayReachItUnderAnyName() throws Exception {
        try (RestService service = RestService.start(folder, Map.of("camel.server.host", "0.0.0.0"));
                Socket socket =
                        new Socket("127.0.0.1", URI.create(service.address()).getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET /api/v1/copy-jobs HTTP/1.1\r\nHost: caravan.example\r\nX-API-Key: " + TestKeys.VIEWER
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            assertEquals(
                    "HTTP/1.1 200", new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void whileTheRoutesStartAndStopNobodyIsToldThatThereIsNoSuchAddress() throws Exception {
        List<String> answers = new CopyOnWriteArrayList<>();
        EventNotifierSupport asking = new EventNotifierSupport() {
            @Override
            public boolean isEnabled(CamelEvent event) {
                return event instanceof CamelEvent.RouteStartedEvent || event instanceof CamelEvent.RouteStoppedEvent;
            }

            @Override
            public void notify(CamelEvent event) throws Exception {
                CamelContext context =
                        ((CamelEvent.RouteEvent) event).getRoute().getCamelContext();
                answers.add(event.getType() + " " + asked(context));
            }
        };

        RestService.start(folder, asking).close();

        assertEquals(Set.of("RouteStarted 503 unavailable", "RouteStopped 503 unavailable"), Set.copyOf(answers));
    }

    private static String asked(CamelContext context) throws Exception {
        int port = context.getRegistry().findSingleByType(RestEngine.class).getServerPort();
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/copy-jobs"))
                                .header("X-API-Key", TestKeys.VIEWER)
                                .build(),
                        BodyHandlers.ofString());
        return answer.statusCode() + " "
                + new ObjectMapper().readTree(answer.body()).path("code").asText();
    }

    @Test
    void aPortThatIsTakenEndsTheStart() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            Throwable thrown =
                    assertThrows(Throwable.class, () -> RestService.start(folder, Map.of("camel.server.port", port))
                            .close());
            CaravanException refused = CaravanException.in(thrown).orElseThrow();
            assertEquals(ErrorCode.CONFIGURATION, refused.code());
            assertTrue(refused.getMessage().contains(port), refused.getMessage());
        }
    }

    @Test
    void anUpgradeToAnotherProtocolIsPassedOver() throws Exception {
        try (RestService service = RestService.start(folder, Map.of())) {
            for (String path : List.of("/swagger-ui/swagger-ui.css", "/api/v1/openapi.json", "/api/v1/copy-jobs")) {
                // A client of its own each: the first request of a connection asks for the upgrade.
                HttpResponse<String> response = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create(service.address() + path))
                                        .timeout(Duration.ofSeconds(10))
                                        .header("X-API-Key", TestKeys.VIEWER)
                                        .build(),
                                BodyHandlers.ofString());
                assertEquals(200, response.statusCode());
                assertEquals(HttpClient.Version.HTTP_1_1, response.version());
            }
        }
    }

    @Test
    void everyOperationHasItsRouteAndEveryStepLeadsSomewhere() throws Exception {
        try (RestService service = RestService.start(folder, Map.of())) {
            CamelContext context = service.main().getCamelContext();
            Set<String> consumed = context.getRoutes().stream()
                    .map(route -> route.getEndpoint().getEndpointBaseUri())
                    .collect(Collectors.toCollection(TreeSet::new));
            for (String operation : operations(service.address())) {
                assertTrue(consumed.contains("direct://" + operation), operation);
            }
            for (RouteDefinition route : restRoutes(context)) {
                for (ToDefinition to : steps(route, ToDefinition.class)) {
                    Endpoint endpoint = context.getEndpoint(to.getEndpointUri());
                    assertTrue(consumed.contains(endpoint.getEndpointUri().replaceAll("\\?.*", "")), to.getUri());
                }
                for (BeanDefinition bean : steps(route, BeanDefinition.class)) {
                    Object found = context.getRegistry().lookupByName(bean.getRef());
                    assertTrue(
                            Arrays.stream(found.getClass().getMethods())
                                    .anyMatch(method -> method.getName().equals(bean.getMethod())),
                            bean.getRef() + "." + bean.getMethod());
                }
            }
        }
    }

    @Test
    void everyRouteAndStepHasAnIdOfItsOwn() throws Exception {
        try (RestService service = RestService.start(folder, Map.of())) {
            CamelContext context = service.main().getCamelContext();
            for (RouteDefinition route : restRoutes(context)) {
                assertTrue(route.hasCustomIdAssigned(), route.getId());
                if (route.getInput().getEndpointUri().startsWith("direct:")) {
                    assertFalse(route.getDescriptionText() == null, route.getId());
                    for (OptionalIdentifiedDefinition<?> step : steps(route, OptionalIdentifiedDefinition.class)) {
                        assertTrue(step.hasCustomIdAssigned(), route.getId() + " " + step.getShortName());
                    }
                }
            }
        }
    }

    private static List<RouteDefinition> restRoutes(CamelContext context) {
        List<RouteDefinition> routes = ((ModelCamelContext) context)
                .getRouteDefinitions().stream()
                        .filter(route -> route.getResource() != null)
                        .filter(route -> route.getResource().getLocation().contains("rest"))
                        .filter(route -> route.getResource().getLocation().endsWith(".yaml"))
                        .toList();
        assertFalse(routes.isEmpty());
        return routes;
    }

    private static <T> Collection<T> steps(RouteDefinition route, Class<T> type) {
        return ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), type);
    }

    private static Set<String> operations(String address) throws Exception {
        String json = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address + "/api/v1/openapi.json"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        JsonNode contract = new ObjectMapper().readTree(json);
        Set<String> operations = Set.copyOf(contract.path("paths").findValuesAsText("operationId"));
        assertEquals(24, operations.size());
        return operations;
    }
}
