package dev.caravan.schedule;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;

/** Calls a webhook's address once. No redirect is followed, and nothing of the answer but its status is read. Thread-safe. */
final class WebhookCall {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    /** Made by the first call: it brings all of TLS, which most services start without. */
    private static final class Client {
        static final HttpClient HTTP = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .build();
    }

    private final Clock clock;

    WebhookCall(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param delivery the same for every try of one message
     * @return the status, from 200 to 299
     * @throws CaravanException {@code webhook-failed}
     */
    int post(WebhookConfig webhook, String delivery, WebhookMessage message) {
        refuseLocal(webhook);
        String body = message.json();
        String timestamp = String.valueOf(clock.instant().getEpochSecond());
        HttpRequest request = HttpRequest.newBuilder(webhook.url())
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .header("User-Agent", "caravan")
                .header("X-Caravan-Delivery", delivery)
                .header("X-Caravan-Timestamp", timestamp)
                .header("X-Caravan-Signature", WebhookMessage.signature(webhook.secret(), timestamp, body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        int status = send(webhook, request);
        if (status < 200 || status > 299) {
            throw failed(webhook, "answered " + status, "See that server's log; a redirect is not followed.");
        }
        return status;
    }

    /**
     * Just before the call, since a name may lead elsewhere than it did. The client asks for the name again at once and is given
     * the same answer, out of Java's own cache of addresses.
     */
    private static void refuseLocal(WebhookConfig webhook) {
        if (webhook.allowLocal()) {
            return;
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(webhook.url().getHost())) {
                if (WebhookAddress.local(address)) {
                    throw failed(
                            webhook,
                            "leads to an address of this machine or its network link",
                            "Correct the name, or set caravan.webhook." + webhook.name() + ".allowLocal = true.");
                }
            }
        } catch (UnknownHostException e) {
            throw failed(webhook, "names a host that is not known", "Correct its url, or the name server.");
        }
    }

    private int send(WebhookConfig webhook, HttpRequest request) {
        try {
            return Client.HTTP
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            // Its message may quote the address, and the address may hold a token.
            throw failed(
                    webhook,
                    "could not be reached (" + e.getClass().getSimpleName() + ")",
                    "Check that the server is up, its certificate, and the network between.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(webhook, "was not reached before the service stopped", "It is tried again.");
        }
    }

    private static CaravanException failed(WebhookConfig webhook, String what, String hint) {
        return CaravanException.of(
                ErrorCode.WEBHOOK_FAILED, "The webhook \"" + webhook.name() + "\" " + what + ".", hint);
    }
}
