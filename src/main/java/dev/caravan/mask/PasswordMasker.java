package dev.caravan.mask;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Replaces every password hash by one fixed text that no password fits, or by the hash of a known one. */
final class PasswordMasker implements Masker {
    @Override
    public String name() {
        return "password";
    }

    @Override
    public String description() {
        return "Replaces every password hash by one fixed text that no password fits, or by a known hash.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.choice(
                "form",
                "locked",
                "What it becomes: locked fits no password, bcrypt is a hash of masked-by-caravan, for everybody to log in.",
                "locked",
                "bcrypt"));
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.TEXT);
    }

    private static final String LOCKED = "!masked";
    /** Of the password masked-by-caravan, with a cost of 10. */
    private static final String BCRYPT = "$2a$10$W0DwWVXfZgznawzkWUrjGODuXd.YT6D41yOYYe.bNuCqdlXUt5SIK";

    @Override
    public boolean mayReuse() {
        return false;
    }

    @Override
    public Example example() {
        return Example.of("$2b$12$abc");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        String text = settings.text("form").equals("bcrypt") ? BCRYPT : LOCKED;
        return LiteralMask.of(text, column);
    }
}
