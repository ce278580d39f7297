package dev.caravan.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.RestService;
import dev.caravan.job.CopyRequest;
import dev.caravan.job.JobEvent;
import dev.caravan.job.JobState;
import dev.caravan.job.Json;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job's events as they happen. */
@Timeout(60)
final class EventStreamIT {
    @TempDir
    Path folder;

    @Test
    void eventsArriveAsTheyHappenGoOnWhereTheyBrokeOffAndEndWithTheJob() throws Exception {
        try (RestService service = RestService.start(folder, Map.of())) {
            Calls calls = new Calls(service.address());
            String id = service.jobs()
                    .create(CopyRequest.of("shop-staging", "shop-dev"), Optional.empty())
                    .job()
                    .id();
            String path = "/api/v1/copy-jobs/" + id + "/events";
            HttpResponse<Stream<String>> response = HttpClient.newHttpClient()
                    .send(calls.request(path, "Accept", "text/event-stream").build(), BodyHandlers.ofLines());
            assertEquals(200, response.statusCode());
            assertEquals(
                    "text/event-stream",
                    response.headers().firstValue("Content-Type").orElse(""));
            Iterator<String> lines = response.body().iterator();
            assertEquals("STATE", event(lines));
            service.jobs().claim();
            assertEquals("STATE", event(lines));
            service.jobs().append(id, JobEvent.Type.PHASE, "COPY");
            assertEquals("PHASE", event(lines));
            service.jobs().finish(id, JobState.SUCCEEDED, Optional.empty());
            assertEquals("STATE", event(lines));
            assertEquals("END", event(lines));

            Calls.Answer rest = calls.get(path, "Accept", "text/event-stream", "Last-Event-ID", "2");
            assertEquals(
                    List.of("event: PHASE", "event: STATE", "event: END"),
                    rest.body()
                            .lines()
                            .filter(line -> line.startsWith("event: ") && !line.equals("event: JOB"))
                            .toList());
            List<String> moved = rest.body()
                    .lines()
                    .dropWhile(line -> !line.equals("event: JOB"))
                    .skip(1)
                    .limit(1)
                    .toList();
            assertEquals(
                    calls.get("/api/v1/copy-jobs/" + id).json(),
                    Json.MAPPER.readTree(moved.get(0).substring("data: ".length())));
            Calls.Answer after = calls.get(path + "?after=3", "Accept", "text/event-stream");
            assertEquals(
                    List.of("id: 4"),
                    after.body().lines().filter(line -> line.startsWith("id: ")).toList());
        }
    }

    @Test
    void manyWatchersEachGetEveryEventOnceWhereverTheyBegan() throws Exception {
        try (RestService service = RestService.start(folder, Map.of())) {
            Calls calls = new Calls(service.address());
            String id = service.jobs()
                    .create(CopyRequest.of("shop-staging", "shop-dev"), Optional.empty())
                    .job()
                    .id();
            service.jobs().claim();
            HttpClient client = HttpClient.newHttpClient();
            List<CompletableFuture<HttpResponse<String>>> streams = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                if (i % 30 == 0) {
                    HttpRequest request = calls.request(
                                    "/api/v1/copy-jobs/" + id + "/events?after=" + i / 30,
                                    "Accept",
                                    "text/event-stream")
                            .build();
                    streams.add(client.sendAsync(request, BodyHandlers.ofString()));
                }
                service.jobs().append(id, JobEvent.Type.PHASE, "phase " + i);
            }
            service.jobs().finish(id, JobState.SUCCEEDED, Optional.empty());
            long last = service.jobs().events(id, 0, 1000).size();
            for (int i = 0; i < streams.size(); i++) {
                List<Long> got = streams.get(i)
                        .get()
                        .body()
                        .lines()
                        .filter(line -> line.startsWith("id: "))
                        .map(line -> Long.parseLong(line.substring(4)))
                        .toList();
                assertEquals(LongStream.rangeClosed(i + 1, last).boxed().toList(), got, "stream " + i);
            }
        }
    }

    @Test
    void whatIsNoStreamIsAProblem() throws Exception {
        try (RestService service = RestService.start(folder, Map.of())) {
            Calls calls = new Calls(service.address());
            String[] stream = {"Accept", "text/event-stream"};
            String jobs = "/api/v1/copy-jobs/";
            String unknown = "019a3f0c-7c1e-7b0a-9a51-3f6f0c2d4e11";
            assertEquals(
                    "not-found", calls.get(jobs + unknown + "/events", stream).code());
            assertEquals("not-found", calls.get(jobs + "x/events", stream).code());
            for (String query : List.of("after=x", "after=1&after=2", "unknown=1", "after=99999999999999999999")) {
                assertEquals(
                        "validation",
                        calls.get(jobs + unknown + "/events?" + query, stream).code(),
                        query);
            }
        }
    }

    /** The type of the next event; fails when the stream ends. */
    private static String event(Iterator<String> lines) {
        while (true) {
            String line = lines.next();
            if (line.startsWith("event: ")) {
                assertTrue(lines.next().startsWith("data: {"));
            }
            if (line.startsWith("event: ") && !line.equals("event: JOB")) {
                return line.substring("event: ".length());
            }
        }
    }
}
