package dev.caravan.mask;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the operator configured for masking.
 *
 * @param key the secret; absent when none is configured, so that nothing can be masked
 * @param policies by name
 * @param policyText the policy file as it was read; absent when none is configured
 * @param maskers all that there are
 */
public record MaskSettings(
        Optional<MaskKey> key, Map<String, MaskPolicy> policies, Optional<String> policyText, Maskers maskers) {
    static final String DEFAULT = "default";

    public MaskSettings {
        policies = Map.copyOf(new TreeMap<>(policies));
    }

    /** Without a key and without policies. */
    public static MaskSettings none() {
        return new MaskSettings(Optional.empty(), Map.of(), Optional.empty(), Maskers.load());
    }

    /**
     * @param name absent for the policy called default, or the only one; an empty policy when none is configured at all, under which
     *     every column is undecided
     * @throws CaravanException {@code validation} that names the policies that there are
     */
    public MaskPolicy policy(Optional<String> name) {
        if (name.isEmpty() && policies.isEmpty()) {
            return MaskPolicy.UNDECIDED;
        }
        Optional<MaskPolicy> policy = name.isPresent() ? Optional.ofNullable(policies.get(name.get())) : unnamed();
        if (policy.isPresent()) {
            return policy.get();
        }
        throw CaravanException.of(
                ErrorCode.VALIDATION,
                name.isPresent()
                        ? "There is no masking policy of that name."
                        : "There are several masking policies, and none is called default.",
                policies.isEmpty()
                        ? "No policy is configured: set caravan.mask.policyFile, or leave maskPolicy out."
                        : "Name one of " + String.join(", ", new TreeSet<>(policies.keySet())) + ".");
    }

    /** The policy that counts where none is named: the one called default, or the only one. */
    public Optional<MaskPolicy> unnamed() {
        return Optional.ofNullable(
                policies.size() == 1 ? policies.values().iterator().next() : policies.get(DEFAULT));
    }

    /** @throws CaravanException {@code mask-key-missing} when none is configured */
    public MaskKey requiredKey() {
        return key.orElseThrow(
                () -> CaravanException.of(
                        ErrorCode.MASK_KEY_MISSING,
                        "Masking needs a key, and none is configured.",
                        "Set caravan.mask.key to a reference such as {{env:CARAVAN_MASK_KEY}}; openssl rand -hex 32 makes a key."));
    }
}
