package dev.caravan.mask;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Masks the texts, numbers and truths of JSON, of which each was just read by a cursor. Not thread-safe. */
final class JsonScalars {
    /** A longer one is no number of anybody's, and reading it takes time with the square of its length. */
    private static final int MOST_DIGITS = 1_000;

    private static final int DIGITS_OF_A_LONG = 18;

    /** What becomes of a scalar that no path names. */
    private enum Unknown {
        EMPTY,
        MASK,
        KEEP,
        FAIL
    }

    private final Unknown unknown;
    private final KeyedHash hash;
    private final Value scalar = new Value();
    private final Output masked = new Output();

    /** @param unknown what becomes of a scalar that no path names: null, mask, keep or fail */
    JsonScalars(String unknown, KeyedHash hash) {
        this.unknown = switch (unknown) {
            case "keep" -> Unknown.KEEP;
            case "fail" -> Unknown.FAIL;
            case "mask" -> Unknown.MASK;
            default -> Unknown.EMPTY;
        };
        this.hash = hash;
    }

    /** The columns beside the document. */
    void row(Value.Row row) {
        scalar.row(row);
    }

    void text(JsonCursor in, JsonRule rule, Output out) {
        if (stays(rule)) {
            out.append(in.bytes(), in.from() - 1, in.length() + 2);
        } else if (rule != null) {
            readText(in);
            write(rule, ValueKind.TEXT, out);
        } else if (unknown == Unknown.MASK) {
            readText(in);
            out.append('"');
            JsonText.putHash(scalar.hash(hash), out);
            out.append('"');
        } else {
            JsonText.putNull(out);
        }
    }

    void truth(JsonCursor in, JsonRule rule, Output out) {
        if (stays(rule)) {
            out.append(in.bytes(), in.from(), in.length());
        } else if (rule == null) {
            if (unknown == Unknown.MASK) {
                JsonText.putBoolean(false, out);
            } else {
                JsonText.putNull(out);
            }
        } else if (rule.masks().containsKey(ValueKind.BOOLEAN)) {
            scalar.number(ValueKind.BOOLEAN, in.bytes()[in.from()] == 't' ? 1 : 0);
            write(rule, ValueKind.BOOLEAN, out);
        } else {
            scalar.bytes(ValueKind.TEXT, in.bytes(), in.from(), in.length());
            write(rule, ValueKind.TEXT, out);
        }
    }

    void number(JsonCursor in, JsonRule rule, Output out) {
        if (stays(rule)) {
            out.append(in.bytes(), in.from(), in.length());
        } else if (rule == null) {
            if (unknown == Unknown.MASK) {
                out.append('0');
            } else {
                JsonText.putNull(out);
            }
        } else if (in.whole() && rule.masks().containsKey(ValueKind.INTEGER) && readWhole(in)) {
            write(rule, ValueKind.INTEGER, out);
        } else if (!rule.masks().containsKey(ValueKind.DECIMAL)) {
            scalar.bytes(ValueKind.TEXT, in.bytes(), in.from(), in.length());
            write(rule, ValueKind.TEXT, out);
        } else if (readDecimal(in)) {
            write(rule, ValueKind.DECIMAL, out);
        } else {
            JsonText.putNull(out);
        }
    }

    /** Whether it is copied as it is written; where no path names it and nothing may be that no path names, the document is given up. */
    private boolean stays(JsonRule rule) {
        if (rule != null) {
            return rule.keeps();
        }
        if (unknown == Unknown.FAIL) {
            throw JsonCursor.Malformed.INSTANCE;
        }
        return unknown == Unknown.KEEP;
    }

    private void readText(JsonCursor in) {
        if (in.escaped()) {
            Bytes unescaped = in.unescaped();
            scalar.bytes(ValueKind.TEXT, unescaped.array(), 0, unescaped.length());
        } else {
            scalar.bytes(ValueKind.TEXT, in.bytes(), in.from(), in.length());
        }
    }

    /** @return false when the number has more than 64 bits */
    private boolean readWhole(JsonCursor in) {
        byte[] bytes = in.bytes();
        int end = in.from() + in.length();
        boolean negative = bytes[in.from()] == '-';
        long number = 0;
        if (in.length() > DIGITS_OF_A_LONG) {
            try {
                number = Long.parseLong(written(in));
            } catch (NumberFormatException e) {
                return false;
            }
        } else {
            for (int i = negative ? in.from() + 1 : in.from(); i < end; i++) {
                number = 10 * number + bytes[i] - '0';
            }
            number = negative ? -number : number;
        }
        scalar.number(ValueKind.INTEGER, number);
        return true;
    }

    /** @return false when it is longer, or its exponent larger, than anybody's number */
    private boolean readDecimal(JsonCursor in) {
        if (in.length() > MOST_DIGITS) {
            return false;
        }
        try {
            scalar.decimal(new BigDecimal(written(in)));
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static String written(JsonCursor in) {
        return new String(in.bytes(), in.from(), in.length(), StandardCharsets.US_ASCII);
    }

    /** The scalar, masked; null where the rule has no mask for its kind, or the masker cannot read it. */
    private void write(JsonRule rule, ValueKind kind, Output out) {
        ValueMask mask = rule.masks().get(kind);
        if (mask == null) {
            JsonText.putNull(out);
            return;
        }
        mask.mask(scalar, masked.clear());
        masked.cutToCharacters(rule.maxLength());
        switch (masked.form()) {
            case BYTES -> JsonText.putText(masked.bytes(), masked.length(), out);
            case NUMBER -> {
                if (scalar.kind() == ValueKind.BOOLEAN) {
                    JsonText.putBoolean(masked.number() != 0, out);
                } else {
                    out.appendNumber(masked.number());
                }
            }
            case DECIMAL -> out.append(masked.decimal().toString());
            case REAL -> {
                if (Double.isFinite(masked.real())) {
                    out.append(Double.toString(masked.real()));
                } else {
                    JsonText.putNull(out);
                }
            }
            default -> JsonText.putNull(out);
        }
    }
}
