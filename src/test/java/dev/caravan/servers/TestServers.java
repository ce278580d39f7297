package dev.caravan.servers;

import org.junit.jupiter.api.Assumptions;

/**
 * The servers that all tests of one JVM share: a source and a target, each started when it is first asked for and stopped
 * when the JVM ends. Thread-safe.
 */
public final class TestServers {
    /** System property with the major version of the containers to use instead of the embedded servers. */
    public static final String VERSION_PROPERTY = "caravan.test.postgres";

    private TestServers() {}

    /** The server to copy from. Skips the calling test when containers are wanted and there is no Docker. */
    public static TestServer source() {
        return Source.START.server();
    }

    /** The server to copy to: another cluster than {@link #source()}. Skips as that does. */
    public static TestServer target() {
        return Target.START.server();
    }

    private static Start start() {
        String version = System.getProperty(VERSION_PROPERTY, "");
        try {
            return version.isEmpty() ? new Start(EmbeddedServer.start(), "") : container(Integer.parseInt(version));
        } catch (RuntimeException e) {
            // Thrown by the caller and not by a static initialiser, which would hide it from every test but the first.
            return new Start(null, "the test server did not start: " + e);
        }
    }

    private static Start container(int major) {
        if (!ContainerServer.dockerIsThere()) {
            return new Start(null, "skip: " + VERSION_PROPERTY + " asks for a container, and there is no Docker");
        }
        return new Start(ContainerServer.start(major), "");
    }

    /** Each holder class is initialised by its first use, which is what makes the start lazy. */
    private static final class Source {
        static final Start START = start();
    }

    private static final class Target {
        static final Start START = start();
    }

    private record Start(TestServer running, String fault) {
        TestServer server() {
            Assumptions.assumeFalse(fault.startsWith("skip: "), fault);
            if (running == null) {
                throw new IllegalStateException(fault);
            }
            return running;
        }
    }
}
