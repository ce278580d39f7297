package dev.caravan.connection;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConnectionPagesTest {
    @Test
    void everySettingOfAConnectionHasItsLine() throws IOException {
        String page = Files.readString(Path.of("docs/configuration.md"));
        for (String setting : ConnectionSettings.KNOWN) {
            assertTrue(page.contains("\n| `" + setting + "` | "), setting);
        }
    }
}
