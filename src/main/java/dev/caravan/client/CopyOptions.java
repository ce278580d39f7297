package dev.caravan.client;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the command line of {@code copy} asks for.
 *
 * @param source name of the connection to read; absent when the request file names it
 * @param target name of the connection to replace; absent when the request file names it
 * @param mask true after {@code --mask}, false after {@code --no-mask}, absent when the service is to decide
 * @param maskPolicy name of the policy to mask by
 * @param onlyTenants the tenants to copy, whole numbers as numbers; empty for all
 * @param crossTenant fail, include or nullify
 * @param server base URL of the service, without a slash at its end
 * @param key the API key; absent when none was given
 * @param request file with the request as JSON, {@code -} for standard input
 * @param json whether to write JSON lines for machines
 * @param help whether only the usage was asked for
 */
record CopyOptions(
        Optional<String> source,
        Optional<String> target,
        Optional<Boolean> mask,
        Optional<String> maskPolicy,
        List<Object> onlyTenants,
        Optional<String> crossTenant,
        URI server,
        Optional<String> key,
        Optional<Path> request,
        boolean json,
        boolean help) {
    static final String USAGE = """
            Usage: ./caravan copy --source A --target B [--no-mask] [--only-tenants 1,23,4] [--server URL] [--request FILE] [--json]

              --source A       connection to read, as the service's configuration names it
              --target B       connection whose database is replaced
              --mask           mask values; the default for a source classified production
              --no-mask        copy as it is (identical)
              --mask-policy P  mask as the policy P says
              --only-tenants   copy only these tenants, with a comma between them, and what their rows need
              --cross-tenant   fail (the default), include or nullify: for a reference into another tenant
              --server URL     the service; default CARAVAN_SERVER or http://127.0.0.1:8080
              --key-file FILE  file with the API key; default the key in CARAVAN_API_KEY
              --request FILE   the whole request as JSON; - reads it from standard input; options win over it
              --json           one JSON document per line for every change of the job, the ended job last

            Ctrl-C cancels the job. Exit code: 0 succeeded, 1 failed or cancelled, 2 refused, unreachable or wrongly called.
            """;

    static final String DEFAULT_SERVER = "http://127.0.0.1:8080";

    /**
     * @param environment for {@code CARAVAN_SERVER} and {@code CARAVAN_API_KEY}
     * @throws CaravanException {@code validation} for a command line that cannot be understood
     */
    static CopyOptions parse(List<String> arguments, Map<String, String> environment) {
        String source = null;
        String target = null;
        Boolean mask = null;
        String maskPolicy = null;
        List<Object> onlyTenants = List.of();
        String crossTenant = null;
        String server = environment.getOrDefault("CARAVAN_SERVER", "");
        String key = environment.getOrDefault("CARAVAN_API_KEY", "").strip();
        Path request = null;
        boolean json = false;
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            String option = equals < 0 ? argument : argument.substring(0, equals);
            Optional<String> inline = equals < 0 ? Optional.empty() : Optional.of(argument.substring(equals + 1));
            switch (option) {
                case "--source" -> source = value(option, inline, rest);
                case "--target" -> target = value(option, inline, rest);
                case "--server" -> server = value(option, inline, rest);
                case "--key-file" -> key = key(Path.of(value(option, inline, rest)));
                case "--request" -> request = Path.of(value(option, inline, rest));
                case "--no-mask" -> mask = plain(option, inline) ? Boolean.FALSE : null;
                case "--mask" -> mask = plain(option, inline) ? Boolean.TRUE : null;
                case "--mask-policy" -> maskPolicy = value(option, inline, rest);
                case "--json" -> json = plain(option, inline);
                case "--help", "-h" -> {
                    return new CopyOptions(
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            List.of(),
                            Optional.empty(),
                            URI.create(DEFAULT_SERVER),
                            Optional.empty(),
                            Optional.empty(),
                            false,
                            true);
                }
                case "--only-tenants" -> onlyTenants = tenants(value(option, inline, rest));
                case "--cross-tenant" -> crossTenant = value(option, inline, rest);
                default ->
                    throw wrong("There is no option \"" + Text.plain(option) + "\".", "See ./caravan copy --help.");
            }
        }
        if (request == null && (source == null || target == null)) {
            throw wrong(
                    "Name a source and a target.",
                    "For example: ./caravan copy --source shop-prod --target shop-dev --no-mask");
        }
        return new CopyOptions(
                Optional.ofNullable(source),
                Optional.ofNullable(target),
                Optional.ofNullable(mask),
                Optional.ofNullable(maskPolicy),
                onlyTenants,
                Optional.ofNullable(crossTenant),
                server(server.isEmpty() ? DEFAULT_SERVER : server),
                key.isEmpty() ? Optional.empty() : Optional.of(checked(key)),
                Optional.ofNullable(request),
                json,
                false);
    }

    /** A whole number without leading zeros is sent as a number, anything else as a text. */
    static List<Object> tenants(String text) {
        List<Object> tenants = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String tenant = part.strip();
            if (tenant.isEmpty()) {
                throw wrong(
                        "--only-tenants names tenants with a comma between them.",
                        "For example: --only-tenants 1,23,4");
            }
            tenants.add(tenant.matches("-?(0|[1-9][0-9]{0,17})") ? (Object) Long.valueOf(tenant) : tenant);
        }
        return List.copyOf(tenants);
    }

    static String key(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw wrong(
                    "The key file " + Text.plain(file.toString()) + " cannot be read.",
                    "Name a file that is there and may be read, with the API key and nothing else in it.");
        }
    }

    /** A key is never shown, also not a wrong one. */
    static String checked(String key) {
        if (!key.matches("[!-~]{1,4000}")) {
            throw wrong(
                    "The API key is not one line of visible ASCII characters.",
                    "It looks like crv_… as ./caravan key new printed it.");
        }
        return key;
    }

    static String value(String option, Optional<String> inline, Iterator<String> rest) {
        String value = inline.orElseGet(() -> rest.hasNext() ? rest.next() : "");
        // A lone dash is standard input; anything longer that begins with one is the next option.
        if (value.isEmpty() || (inline.isEmpty() && value.startsWith("-") && value.length() > 1)) {
            throw wrong("The option " + option + " needs a value.", "See ./caravan copy --help.");
        }
        return value;
    }

    private static boolean plain(String option, Optional<String> inline) {
        if (inline.isPresent()) {
            throw wrong("The option " + option + " takes no value.", "See ./caravan copy --help.");
        }
        return true;
    }

    static URI server(String text) {
        try {
            URI uri = URI.create(text.replaceAll("/+$", ""));
            String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals("https"))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Reported below without the text, which may hold a password.
        }
        throw wrong(
                "The service's address is not an http or https URL.",
                "It looks like http://127.0.0.1:8080, without a login.");
    }

    static CaravanException wrong(String detail, String hint) {
        return CaravanException.of(ErrorCode.VALIDATION, detail, hint);
    }
}
