package dev.caravan.rest;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.util.Set;

/**
 * Who calls.
 *
 * @param name the key's name, never the key
 * @param role what they may do
 * @param targets names of the connections whose databases they may replace; empty for all
 */
public record Caller(String name, Role role, Set<String> targets) {
    public Caller {
        targets = Set.copyOf(targets);
    }

    /** Anybody, where authentication is switched off: what an operator may, and no production data as it is. */
    static Caller anonymous() {
        return new Caller("anonymous", Role.OPERATOR, Set.of());
    }

    boolean may(Right right) {
        return role.has(right);
    }

    /** @throws CaravanException {@code forbidden} that names the right */
    void require(Right right) {
        if (!may(right)) {
            throw CaravanException.of(
                            ErrorCode.FORBIDDEN,
                            "The key \"" + name + "\" has the role " + role.word() + ", which lacks the right "
                                    + right.words() + ".",
                            "Use a key whose role has it, or ask the operator for one.")
                    .with("right", right.words());
        }
    }

    /** @throws CaravanException {@code forbidden} when the key is for other targets */
    void requireTarget(String target) {
        if (!targets.isEmpty() && !targets.contains(target)) {
            throw CaravanException.of(
                            ErrorCode.FORBIDDEN,
                            "The key \"" + name + "\" is not for the target \"" + target + "\".",
                            "Use a key for this target, or ask the operator to add it to the key's targets.")
                    .with("right", Right.COPY.words());
        }
    }
}
