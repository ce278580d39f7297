package dev.caravan.mask;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Replaces every password hash by one fixed text that no password fits. */
final class PasswordMasker implements Masker {
    @Override
    public String name() {
        return "password";
    }

    @Override
    public String description() {
        return "Replaces every password hash by one fixed text that no password fits.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.TEXT);
    }

    private static final String LOCKED = "!masked";

    @Override
    public boolean alwaysChanges(Settings settings) {
        return true;
    }

    @Override
    public Example example() {
        return Example.of("$2b$12$abc");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        return (value, output) -> output.append(LOCKED);
    }
}
