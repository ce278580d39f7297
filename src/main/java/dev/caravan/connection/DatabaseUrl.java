package dev.caravan.connection;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address of the form {@code jdbc:postgresql://host:port/database?name=value&…}, taken apart. Only properties that
 * cannot load classes or read files of the caller's choice are allowed (CVE-2022-21724).
 *
 * @param host a name or an address; an IPv6 address without its brackets
 * @param port 5432 when the address names none
 * @param database the database's name, decoded
 * @param properties pgjdbc's connection properties
 */
public record DatabaseUrl(String host, int port, String database, Map<String, String> properties) {
    private static final Pattern FORM = Pattern.compile(
            "jdbc:postgresql://(\\[[0-9a-fA-F:.]+]|[^\\[\\]/:?,@\\s\\p{Cntrl}%&=#\\\\]+)(?::(\\d{1,5}))?/([^?/]+)(?:\\?(.*))?");
    private static final Set<String> ALLOWED = Set.of(
            "sslmode",
            "sslrootcert",
            "sslcert",
            "sslkey",
            "connectTimeout",
            "loginTimeout",
            "socketTimeout",
            "gssEncMode");

    public DatabaseUrl {
        properties = Map.copyOf(properties);
    }

    /**
     * @throws IllegalArgumentException with a sentence that says what is wrong and never repeats the address
     */
    public static DatabaseUrl parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("is not of the form jdbc:postgresql://host:port/database");
        }
        String host = matcher.group(1).replaceAll("[\\[\\]]", "");
        int port = matcher.group(2) == null ? 5432 : Integer.parseInt(matcher.group(2));
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("names a port outside 1 to 65535");
        }
        Map<String, String> properties = new LinkedHashMap<>();
        if (matcher.group(4) != null) {
            for (String pair : matcher.group(4).split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                if (!ALLOWED.contains(name)) {
                    throw new IllegalArgumentException("has a property that is not allowed; allowed are "
                            + String.join(", ", ALLOWED.stream().sorted().toList()));
                }
                if (equals < 0 || equals == pair.length() - 1) {
                    throw new IllegalArgumentException("has a property without a value: " + name);
                }
                if (properties.put(name, decoded(pair.substring(equals + 1))) != null) {
                    throw new IllegalArgumentException("has a property twice: " + name);
                }
            }
        }
        return new DatabaseUrl(host, port, decoded(matcher.group(3)), properties);
    }

    private static String decoded(String text) {
        String decoded;
        try {
            decoded = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // The decoder's own sentence repeats what it could not read.
            throw new IllegalArgumentException("has a % that no two hexadecimal digits follow");
        }
        if (decoded.codePoints().anyMatch(Character::isISOControl) || decoded.indexOf('\uFFFD') >= 0) {
            throw new IllegalArgumentException("holds a character that is none");
        }
        return decoded;
    }
}
