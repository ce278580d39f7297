package dev.caravan.rest;

import java.util.Optional;

/** Tells who a credential belongs to. API keys are one kind; tokens of an identity provider can be another. Thread-safe. */
public interface Authenticator {
    /** @return empty for a credential that is unknown, malformed or expired: which of these is nobody's business */
    Optional<Caller> caller(String credential);

    /** @return the caller of that name, as long as the credential that it goes with is good; empty for anybody else */
    Optional<Caller> named(String name);
}
