package dev.caravan.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Keeps the image's files in step with each other where no image can be built. */
class ImageTest {
    private static JsonNode compose() throws Exception {
        Object read =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(Path.of("compose.yaml")));
        return new ObjectMapper().valueToTree(read);
    }

    /** What the Dockerfile takes from the project's folder. */
    private static List<String> copied() throws Exception {
        List<String> paths = new ArrayList<>();
        Matcher copy = Pattern.compile("(?m)^COPY (?!--from)(?:--\\S+ )*(\\S+) \\S+$")
                .matcher(Files.readString(Path.of("Dockerfile")));
        while (copy.find()) {
            paths.add(copy.group(1));
        }
        return paths;
    }

    @Test
    void whatTheDockerfileCopiesIsThereAndNotIgnored() throws Exception {
        assertTrue(copied().size() >= 5, copied().toString());
        List<String> kept = Files.readAllLines(Path.of(".dockerignore"));
        for (String path : copied()) {
            assertTrue(Files.exists(Path.of(path)), path);
            assertTrue(kept.contains("!" + path), path);
        }
    }

    @Test
    void imageRunsTheJarWithoutAShellAndNotAsRoot() throws Exception {
        String dockerfile = Files.readString(Path.of("Dockerfile"));
        assertTrue(dockerfile.contains("ENTRYPOINT [\"java\""));
        Matcher user = Pattern.compile("(?m)^USER ([1-9]\\d*):([1-9]\\d*)$").matcher(dockerfile);
        assertTrue(user.find() && user.end() < dockerfile.indexOf("ENTRYPOINT"), "not by a number");
        assertTrue(dockerfile.contains("--uid " + user.group(1) + " --gid " + user.group(2)));
        Matcher jar = Pattern.compile("\"-jar\", \"(\\S+)\"]").matcher(dockerfile);
        assertTrue(jar.find());
        assertTrue(dockerfile.contains("/build/target/caravan.jar " + jar.group(1)));
        assertTrue(Files.readString(Path.of("docker/caravan")).contains("-jar " + jar.group(1)));
    }

    /** With a read-only root only the store's volume and /tmp can be written, and the store's native library is loaded from there. */
    @Test
    void theServiceNeedsNoRightsAndWritesNowhereButWhereItMay() throws Exception {
        JsonNode service = compose().path("services").path("caravan");
        assertTrue(service.path("read_only").asBoolean());
        assertEquals("ALL", service.at("/cap_drop/0").asText());
        assertEquals("no-new-privileges:true", service.at("/security_opt/0").asText());
        assertTrue(service.at("/tmpfs/0").asText().startsWith("/tmp:exec"), service::toString);
        String dockerfile = Files.readString(Path.of("Dockerfile"));
        assertTrue(dockerfile.contains("-Djava.io.tmpdir=/tmp/training"), "root would leave a run directory behind");
        assertTrue(dockerfile.contains("VOLUME /var/lib/caravan"));
        assertTrue(Files.readString(Path.of("docker/application.properties"))
                .contains("caravan.store.url = jdbc:sqlite:/var/lib/caravan/"));
    }

    @Test
    void everyPortIsPublishedOnTheLoopbackOnly() throws Exception {
        JsonNode services = compose().path("services");
        assertEquals(3, services.size());
        int ports = 0;
        for (JsonNode service : services) {
            for (JsonNode port : service.path("ports")) {
                assertTrue(port.asText().startsWith("127.0.0.1:"), port.asText());
                ports++;
            }
        }
        assertEquals(4, ports);
        assertFalse(services.path("caravan").has("network_mode"));
    }

    @Test
    void composeMountsWhatIsThereAndWaitsForHealthyServers() throws Exception {
        JsonNode services = compose().path("services");
        for (JsonNode service : services) {
            for (JsonNode volume : service.path("volumes")) {
                String from = volume.asText().split(":")[0];
                assertTrue(
                        from.startsWith("./")
                                ? Files.exists(Path.of(from))
                                        || Files.readString(Path.of("compose.yaml"))
                                                .contains("touch " + from.substring(2))
                                : compose().path("volumes").has(from),
                        from);
            }
            for (JsonNode secret : service.path("secrets")) {
                assertTrue(compose().path("secrets").has(secret.asText()), secret.asText());
            }
        }
        services.path("caravan").path("depends_on").fields().forEachRemaining(needed -> {
            assertEquals("service_healthy", needed.getValue().path("condition").asText());
            assertTrue(services.path(needed.getKey()).has("healthcheck"), needed.getKey());
        });
    }

    @Test
    void noPasswordStandsInAFile() throws Exception {
        Pattern secret = Pattern.compile("(?im)^\\s*\\S*password\\S*\\s*[:=]\\s*(\\S.*)$");
        for (String file : List.of("compose.yaml", "docker/application.properties", "Dockerfile")) {
            Matcher matcher = secret.matcher(Files.readString(Path.of(file)));
            while (matcher.find()) {
                assertTrue(
                        matcher.group(1).matches("\\$\\{.*|\\{\\{env:.*|/run/secrets/.*|\\{environment: .*"),
                        file + " must name where the password is, and not the password");
            }
        }
    }
}
