package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a certificate both servers speak HTTPS, and nothing else. */
class TlsIT {
    @TempDir
    Path folder;

    @Test
    void bothServersSpeakHttpsAndNothingElse() throws Exception {
        KeyStore store = certificate();
        HttpClient trusting =
                HttpClient.newBuilder().sslContext(trusting(store)).build();
        try (RestService service = RestService.start(folder, files(store))) {
            for (String address : List.of(
                    service.address() + "/api/v1/copy-jobs",
                    service.address() + "/",
                    service.managementAddress() + "/observe/health/ready",
                    service.managementAddress() + "/observe/metrics",
                    service.managementAddress() + "/hawtio/")) {
                HttpResponse<String> answer = trusting.send(
                        request(address.replace("http:", "https:")), HttpResponse.BodyHandlers.ofString());
                assertEquals(200, answer.statusCode(), address);
                assertTrue(answer.sslSession().orElseThrow().getProtocol().startsWith("TLSv1."));
                assertThrows(
                        IOException.class,
                        () -> HttpClient.newHttpClient().send(request(address), HttpResponse.BodyHandlers.ofString()),
                        address);
            }
            for (String address : List.of(
                    service.address() + "/api/v1/copy-jobs", service.managementAddress() + "/observe/metrics")) {
                HttpRequest keyless = HttpRequest.newBuilder(URI.create(address.replace("http:", "https:")))
                        .build();
                assertEquals(
                        401,
                        trusting.send(keyless, HttpResponse.BodyHandlers.discarding())
                                .statusCode(),
                        address);
            }
        }
    }

    @Test
    void aKeyThatIsNoneEndsTheStart() throws Exception {
        Map<String, String> files = files(certificate());
        Files.writeString(Path.of(files.get("caravan.tls.key")), "no key");
        Throwable thrown = assertThrows(
                Throwable.class, () -> RestService.start(folder, files).close());
        CaravanException error = CaravanException.in(thrown).orElseThrow();
        assertEquals(ErrorCode.CONFIGURATION, error.code());
        assertTrue(error.hint().contains("PEM"), error::hint);
    }

    private static HttpRequest request(String address) {
        return HttpRequest.newBuilder(URI.create(address))
                .header("X-API-Key", TestKeys.VIEWER)
                .build();
    }

    private KeyStore certificate() throws Exception {
        Path file = folder.resolve("store.p12");
        Files.deleteIfExists(file);
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "caravan",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-validity",
                        "2",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1,dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .start();
        assertEquals(0, keytool.waitFor(), () -> {
            try {
                return new String(keytool.getInputStream().readAllBytes());
            } catch (IOException e) {
                return e.toString();
            }
        });
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, "changeit".toCharArray());
        }
        return store;
    }

    private Map<String, String> files(KeyStore store) throws Exception {
        Path certificate = folder.resolve("certificate.pem");
        Path key = folder.resolve("key.pem");
        Files.writeString(
                certificate, pem("CERTIFICATE", store.getCertificate("caravan").getEncoded()));
        Files.writeString(
                key,
                pem(
                        "PRIVATE KEY",
                        store.getKey("caravan", "changeit".toCharArray()).getEncoded()));
        return Map.of("caravan.tls.certificate", certificate.toString(), "caravan.tls.key", key.toString());
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + kind
                + "-----\n";
    }

    private static SSLContext trusting(KeyStore store) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("caravan", store.getCertificate("caravan"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
