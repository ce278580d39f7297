package dev.caravan.rest;

import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who may call at all.
 *
 * @param required whether a caller must say who they are
 * @param authenticator tells who that is
 * @param anyHost whether the service may be addressed by any host's name: where it listens for others than this machine
 */
public record Access(boolean required, Authenticator authenticator, boolean anyHost) {
    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";
    private static final int LONGEST = 4096;

    /** Nobody is asked: only for a service that nobody but this machine reaches. */
    public static Access open() {
        return new Access(false, new ApiKeys(List.of(), Clock.systemUTC()), false);
    }

    /** Whether a caller of that name may have a production source copied as it is. */
    public boolean mayUnmask(String name) {
        return authenticator
                .named(name)
                .filter(caller -> caller.may(Right.UNMASK))
                .isPresent();
    }

    /** The same for a service that listens for others than this machine. */
    public Access reachable() {
        return new Access(required, authenticator, true);
    }

    /**
     * Who sends the request.
     *
     * @param basic whether a browser's own login form may send the key, as the password to any name
     */
    Optional<Caller> caller(HttpServerRequest request, boolean basic) {
        if (!required) {
            return Optional.of(Caller.anonymous());
        }
        return credential(request, basic)
                .filter(text -> !text.isEmpty() && text.length() <= LONGEST)
                .flatMap(authenticator::caller);
    }

    private static Optional<String> credential(HttpServerRequest request, boolean basic) {
        // Sent twice, it is not for us to choose.
        if (request.headers().getAll("X-API-Key").size()
                        + request.headers().getAll("Authorization").size()
                != 1) {
            return Optional.empty();
        }
        String key = request.getHeader("X-API-Key");
        if (key != null) {
            return Optional.of(key.trim());
        }
        String sent = request.getHeader("Authorization").trim();
        String scheme = sent.toLowerCase(Locale.ROOT);
        if (scheme.startsWith(BEARER)) {
            return Optional.of(sent.substring(BEARER.length()).trim());
        }
        return basic && scheme.startsWith(BASIC)
                ? password(sent.substring(BASIC.length()).trim())
                : Optional.empty();
    }

    private static Optional<String> password(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
