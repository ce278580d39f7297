package dev.caravan.rest;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A set of rights that a key is given as one. */
public enum Role {
    /** Sees everything but personal data, changes nothing. */
    VIEWER(EnumSet.of(Right.READ)),
    /** Runs copies. */
    OPERATOR(EnumSet.of(Right.READ, Right.PLAN, Right.COPY, Right.CHECK, Right.SCAN, Right.SCHEDULE)),
    /** May do everything. */
    ADMIN(EnumSet.allOf(Right.class));

    private final Set<Right> rights;

    Role(Set<Right> rights) {
        this.rights = rights;
    }

    boolean has(Right right) {
        return rights.contains(right);
    }

    /** The role as it stands in a file of keys. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of that word; absent when there is none. */
    public static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }

    /** All words, for a message. */
    public static String words() {
        return Arrays.stream(values()).map(Role::word).collect(Collectors.joining(", "));
    }
}
