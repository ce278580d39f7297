package dev.caravan.servers;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.MountableFile;

/** Starts a PostgreSQL of a chosen major version in a container, which Testcontainers removes when the JVM ends. */
final class ContainerServer {
    private ContainerServer() {}

    static boolean dockerIsThere() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    @SuppressWarnings("resource") // Lives as long as the JVM.
    static TestServer start(int major) {
        PostgreSQLContainer container = new PostgreSQLContainer("postgres:" + major)
                .withUsername("postgres")
                .withPassword("postgres")
                // As the embedded servers do it: what tests passwords makes its own.
                .withEnv("POSTGRES_HOST_AUTH_METHOD", "trust")
                .withCommand(
                        "postgres",
                        "-c",
                        "fsync=off",
                        "-c",
                        "wal_level=logical",
                        "-c",
                        "max_locks_per_transaction=128",
                        "-c",
                        "timezone=UTC");
        for (String file : TestResources.fixtureExtensionFiles()) {
            container.withCopyFileToContainer(
                    MountableFile.forClasspathResource("extensions/" + file),
                    "/usr/share/postgresql/" + major + "/extension/" + file);
        }
        container.start();
        return new TestServer(container.getHost(), container.getMappedPort(5432), "postgres", "postgres");
    }
}
