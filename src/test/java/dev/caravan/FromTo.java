package dev.caravan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.servers.Login;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServer;
import dev.caravan.servers.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A service with a policy file, a source that it knows as {@code from} and a target {@code to}; closing it removes all three. */
record FromTo(TestDatabase source, TestDatabase target, ServiceUnderTest service) implements AutoCloseable {
    /**
     * @param folder an empty one, for the policy and the store
     * @param name what the databases' names begin with
     * @param sql fills the source
     * @param settings more of the service's
     */
    static FromTo start(Path folder, String name, String sql, String policy, Map<String, String> settings)
            throws IOException {
        TestDatabase source = TestServers.source().createDatabase(name);
        source.run(sql);
        TestServer server = TestServers.target();
        TestDatabase target = server.createDatabase(name + "_dev");
        Path file = Files.writeString(folder.resolve("masks.yaml"), policy);
        ServiceUnderTest.Configuration configuration = new ServiceUnderTest.Configuration(folder)
                .source("from", source, TestServers.source().createSourceReader("BYPASSRLS"))
                .target("to", server, target.name(), new Login(server.superuser(), server.password()))
                .with("caravan.mask.policyFile", file.toString());
        settings.forEach(configuration::with);
        return new FromTo(source, target, configuration.start());
    }

    /** Copies, and waits for the end; {@code more} are further members of the request. */
    JsonNode copy(String more) {
        return service.copy("{\"source\":\"from\",\"target\":\"to\"," + more + "}");
    }

    @Override
    public void close() {
        service.close();
        source.close();
        target.close();
    }
}
