package dev.caravan.rest;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The declared keys. */
final class ApiKeys implements Authenticator {
    private final List<ApiKey> keys;
    private final Clock clock;

    ApiKeys(List<ApiKey> keys, Clock clock) {
        this.keys = List.copyOf(keys);
        this.clock = clock;
    }

    @Override
    public Optional<Caller> named(String name) {
        Instant now = clock.instant();
        return keys.stream()
                .filter(key -> key.validAt(now) && key.caller().name().equals(name))
                .map(ApiKey::caller)
                .findFirst();
    }

    @Override
    public Optional<Caller> caller(String credential) {
        byte[] hash = ApiKey.hashOf(credential);
        Instant now = clock.instant();
        Optional<Caller> found = Optional.empty();
        // All are looked at, so that the time does not tell which one was near.
        for (ApiKey key : keys) {
            if (key.is(hash) && key.validAt(now)) {
                found = Optional.of(key.caller());
            }
        }
        return found;
    }
}
