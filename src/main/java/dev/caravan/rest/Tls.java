package dev.caravan.rest;

import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;

/**
 * What the API's server shows to its callers over TLS, read when it starts.
 *
 * @param certificate PEM file with the certificate, and those that lead to its root
 * @param key PEM file with its private key, not encrypted
 */
public record Tls(Path certificate, Path key) {
    private static final String CERTIFICATE = "caravan.tls.certificate";
    private static final String KEY = "caravan.tls.key";
    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /** What is configured; empty for plain HTTP. */
    static Optional<Tls> of(CamelContext context) {
        Optional<String> certificate = context.getPropertiesComponent().resolveProperty(CERTIFICATE);
        Optional<String> key = context.getPropertiesComponent().resolveProperty(KEY);
        return certificate.isPresent() && key.isPresent()
                ? Optional.of(new Tls(Path.of(certificate.get()), Path.of(key.get())))
                : Optional.empty();
    }

    /**
     * @param properties all properties; those of other parts are passed over
     * @param faults gets a sentence for each fault
     */
    public static void check(Map<String, String> properties, List<String> faults) {
        for (String setting : List.of(CERTIFICATE, KEY)) {
            String file = properties.getOrDefault(setting, "");
            if (file.isEmpty()) {
                if (properties.containsKey(CERTIFICATE) || properties.containsKey(KEY)) {
                    faults.add(setting + ": TLS needs a certificate and its key");
                }
            } else if (!Files.isReadable(Path.of(file))) {
                faults.add(setting + ": the file cannot be read");
            }
        }
    }

    PemKeyCertOptions options() {
        return new PemKeyCertOptions().setCertPath(certificate.toString()).setKeyPath(key.toString());
    }

    static List<String> protocols() {
        return PROTOCOLS;
    }
}
