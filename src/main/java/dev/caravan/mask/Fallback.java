package dev.caravan.mask;

/** What a value becomes that its masker could not read: something safe of the same type, which depends on the value by the key alone. */
final class Fallback {
    private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int TOKEN_CHARACTERS = 16;
    private static final int SMALL = 10_000;

    private final MaskedColumn column;
    private final KeyedHash hash;
    private final Hmac hmac;

    Fallback(MaskedColumn column) {
        this.column = column;
        this.hash = column.hash("unreadable");
        this.hmac = column.hmac();
    }

    void write(Value value, Output output) {
        long chosen = value.hash(hash);
        switch (column.kind()) {
            case TEXT -> token(hmac.of(value), output);
            case JSON -> output.append("{}");
            case INTEGER, DATE -> output.number(KeyedHash.below(chosen, SMALL));
            case TIMESTAMP, TIME -> output.number(KeyedHash.below(chosen, SMALL) * 1_000_000L);
            case BOOLEAN -> output.number(0);
            case DECIMAL -> output.number(KeyedHash.below(chosen, 10));
            case FLOAT -> output.real(KeyedHash.below(chosen, SMALL));
            case UUID -> output.uuid(chosen, hash.of(chosen));
            case ENUM ->
                output.append(column.labels().isEmpty() ? "" : column.labels().get(0));
            case INET -> output.append("192.0.2.0");
            case MACADDR -> output.append("02:00:00:00:00:00");
            case BYTES, HSTORE -> output.append("");
            case OTHER -> output.setNull();
        }
    }

    private static void token(byte[] digest, Output output) {
        for (int i = 0; i < TOKEN_CHARACTERS; i++) {
            output.append(DIGITS.charAt(digest[i] & 31));
        }
    }
}
