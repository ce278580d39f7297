package dev.caravan.servers;

import java.util.OptionalInt;
import org.junit.jupiter.api.Assumptions;

/**
 * The servers that all tests of one JVM share: a source and a target, each started when it is first asked for and stopped
 * when the JVM ends. Thread-safe.
 */
public final class TestServers {
    /** System property with the major version of all servers, or of the source's and the target's, such as {@code 14:17}. */
    public static final String VERSION_PROPERTY = "caravan.test.postgres";

    /** System property with what servers of a chosen version are: {@code containers}, the default, or {@code embedded}. */
    public static final String KIND_PROPERTY = "caravan.test.servers";

    private TestServers() {}

    /** The server to copy from. Skips the calling test when containers are wanted and there is no Docker. */
    public static TestServer source() {
        return Source.START.server();
    }

    /** The server to copy to: another cluster than {@link #source()}. Skips as that does. */
    public static TestServer target() {
        return Target.START.server();
    }

    /** One more server of the target's version, for a test that needs its roles and databases for itself. Skips as the others do. */
    public static TestServer another() {
        return start(1).server();
    }

    /** @param side 0 for the source's version, 1 for the target's */
    private static Start start(int side) {
        String[] versions = System.getProperty(VERSION_PROPERTY, "").split(":");
        String version = versions[Math.min(side, versions.length - 1)];
        try {
            if (version.isEmpty()) {
                return new Start(EmbeddedServer.start(OptionalInt.empty()), "");
            }
            int major = Integer.parseInt(version);
            return System.getProperty(KIND_PROPERTY, "containers").equals("embedded")
                    ? new Start(EmbeddedServer.start(OptionalInt.of(major)), "")
                    : container(major);
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
        static final Start START = start(0);
    }

    private static final class Target {
        static final Start START = start(1);
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
