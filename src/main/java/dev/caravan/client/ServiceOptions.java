package dev.caravan.client;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Which service a command talks to, and with which key: from the environment, unless the command line says otherwise. Not thread-safe. */
final class ServiceOptions {
    private String server;
    private String key;

    ServiceOptions(Map<String, String> environment) {
        this.server = environment.getOrDefault("CARAVAN_SERVER", "");
        this.key = environment.getOrDefault("CARAVAN_API_KEY", "").strip();
    }

    /**
     * Takes {@code --server} and {@code --key-file}.
     *
     * @return false for any other option
     * @throws dev.caravan.schema.CaravanException when the key's file cannot be read
     */
    boolean take(String option, String value) {
        switch (option) {
            case "--server" -> server = value;
            case "--key-file" -> key = CopyOptions.key(Path.of(value));
            default -> {
                return false;
            }
        }
        return true;
    }

    /** @throws dev.caravan.schema.CaravanException when the address or the key cannot be one */
    CopyService service() {
        return new CopyService(
                CopyOptions.server(server.isEmpty() ? CopyOptions.DEFAULT_SERVER : server),
                key.isEmpty() ? Optional.empty() : Optional.of(CopyOptions.checked(key)));
    }
}
