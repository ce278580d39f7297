package dev.caravan.mask;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Replaces any text by a token that only the key can make. */
final class TokenMasker implements Masker {
    private static final int DIGEST_BITS = 256;
    private static final int UNIQUE_BITS = 80;
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    @Override
    public String name() {
        return "token";
    }

    @Override
    public String description() {
        return "Replaces any text by a token that only the key can make.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.of(
                        "length",
                        Parameter.Type.INTEGER,
                        16L,
                        "How many characters; from 80 bits on, which is 16 of base32, different values stay different."),
                Parameter.choice(
                        "encoding",
                        "base32",
                        "What the characters are; hex carries 4 bits in each, base32 5, base64url 6.",
                        "base32",
                        "hex",
                        "base64url"),
                Parameter.of("prefix", Parameter.Type.TEXT, "", "What every token begins with."));
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.TEXT);
    }

    @Override
    public Uniqueness uniqueness(Settings settings) {
        long bits = settings.integer("length") * bits(settings.text("encoding"));
        return bits >= UNIQUE_BITS ? Uniqueness.KEPT_IN_PRACTICE : Uniqueness.LOST;
    }

    @Override
    public boolean alwaysChanges(Settings settings) {
        return true;
    }

    @Override
    public boolean mayReuse() {
        return false;
    }

    @Override
    public Example example() {
        return Example.of("anything");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        String encoding = settings.text("encoding");
        int length = (int) Limits.within("length", settings.integer("length"), 8, DIGEST_BITS / bits(encoding));
        byte[] prefix = settings.text("prefix").getBytes(StandardCharsets.UTF_8);
        if (column.unique()) {
            column.needsLength(prefix.length + length);
            if (encoding.equals("base64url") && column.typeName().equals("citext")) {
                throw new MaskRefused("base64url tells upper from lower case, and the column does not; use base32");
            }
        }
        Hmac hmac = column.hmac();
        return switch (encoding) {
            case "hex" -> (value, output) -> hex(hmac.of(value), length, output.append(prefix));
            case "base64url" ->
                (value, output) -> output.append(prefix).append(BASE64URL.encode(hmac.of(value)), 0, length);
            default -> (value, output) -> Base32.append(hmac.of(value), length, output.append(prefix));
        };
    }

    private static void hex(byte[] digest, int length, Output output) {
        for (int i = 0; i < length; i++) {
            output.append(Character.forDigit(digest[i / 2] >> (i % 2 == 0 ? 4 : 0) & 15, 16));
        }
    }

    /** That each character carries. */
    private static int bits(String encoding) {
        return switch (encoding) {
            case "hex" -> 4;
            case "base64url" -> 6;
            default -> 5;
        };
    }
}
