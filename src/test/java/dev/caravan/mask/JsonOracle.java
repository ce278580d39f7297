package dev.caravan.mask;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** Does what {@link JsonMask} does by means of Jackson, a token at a time: slower, and plain to read. */
final class JsonOracle implements ValueMask {
    private static final JsonFactory JSON = new JsonFactory();
    private static final HexFormat HEX = HexFormat.of();
    /** With few digits at the end, as in address2: what has more is likely somebody's. */
    private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z_]{1,40}[0-9]{0,2}");

    private final List<JsonRule> rules;
    private final String unknown;
    private final String keys;
    private final KeyedHash hash;
    private final Value scalar = new Value();
    private final Output masked = new Output();

    JsonOracle(List<JsonRule> rules, String unknown, String keys, KeyedHash hash) {
        this.rules = rules;
        this.unknown = unknown;
        this.keys = keys;
        this.hash = hash;
    }

    /** A place that no path names, where that fails. */
    private static final class UnknownPlace extends IOException {
        private static final long serialVersionUID = 1;
    }

    @Override
    public void mask(Value value, Output output) {
        scalar.row(value.row());
        ByteArrayOutputStream out = new ByteArrayOutputStream(value.length() + 16);
        try (JsonParser in = JSON.createParser(value.bytes(), value.offset(), value.length());
                JsonGenerator to = JSON.createGenerator(out)) {
            JsonToken first = in.nextToken();
            if (first == null) {
                output.unreadable();
                return;
            }
            int[] positions = new int[rules.size()];
            java.util.Arrays.fill(positions, 1);
            write(in, to, positions, null);
            if (in.nextToken() != null) {
                output.unreadable();
                return;
            }
            to.flush();
        } catch (IOException | ArithmeticException e) {
            // Neither is told: a parser's message quotes what it read.
            output.unreadable();
            return;
        }
        output.append(out.toByteArray());
    }

    /** Writes the value that the parser stands at. The rule is the one of a place around it, or null. */
    private void write(JsonParser in, JsonGenerator to, int[] positions, JsonRule around) throws IOException {
        JsonRule rule = reached(positions, around);
        JsonToken token = in.currentToken();
        if (token == JsonToken.START_OBJECT) {
            to.writeStartObject();
            while (in.nextToken() != JsonToken.END_OBJECT) {
                String key = in.currentName();
                to.writeFieldName(keyFor(key, positions, rule));
                in.nextToken();
                write(in, to, advance(positions, key), rule);
            }
            to.writeEndObject();
        } else if (token == JsonToken.START_ARRAY) {
            to.writeStartArray();
            int[] element = advance(positions, "");
            while (in.nextToken() != JsonToken.END_ARRAY) {
                write(in, to, element, rule);
            }
            to.writeEndArray();
        } else if (token == JsonToken.VALUE_NULL) {
            to.writeNull();
        } else if (rule == null) {
            writeUnknown(in, to, token);
        } else if (rule.keeps()) {
            copy(in, to, token);
        } else {
            writeMasked(in, to, token, rule);
        }
    }

    /** Under a key that is data, such as an address, stands what belongs to somebody: the key tells who. */
    private String keyFor(String key, int[] positions, JsonRule around) {
        boolean kept = around == null ? unknown.equals("keep") : around.keeps();
        if (kept
                || keys.equals("keep")
                || keys.equals("words") && PLAIN_WORD.matcher(key).matches()) {
            return key;
        }
        for (int i = 0; i < positions.length; i++) {
            if (rules.get(i).path().keysAt(positions[i]).contains(key)) {
                return key;
            }
        }
        byte[] text = key.getBytes(StandardCharsets.UTF_8);
        return "key_" + HEX.toHexDigits(hash.of(text, 0, text.length));
    }

    private JsonRule reached(int[] positions, JsonRule around) {
        for (int i = 0; i < positions.length; i++) {
            if (rules.get(i).path().reached(positions[i])) {
                return rules.get(i);
            }
        }
        return around;
    }

    private int[] advance(int[] positions, String key) {
        int[] next = new int[positions.length];
        for (int i = 0; i < next.length; i++) {
            next[i] = rules.get(i).path().advance(positions[i], key);
        }
        return next;
    }

    /** A number is copied as it is written: 1.50 stays 1.50. */
    private static void copy(JsonParser in, JsonGenerator to, JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            to.writeString(in.getText());
        } else if (token.isNumeric()) {
            to.writeNumber(in.getText());
        } else {
            to.writeBoolean(token == JsonToken.VALUE_TRUE);
        }
    }

    private void writeUnknown(JsonParser in, JsonGenerator to, JsonToken token) throws IOException {
        switch (unknown) {
            case "keep" -> copy(in, to, token);
            case "fail" -> throw new UnknownPlace();
            case "mask" -> {
                if (token == JsonToken.VALUE_STRING) {
                    byte[] text = in.getText().getBytes(StandardCharsets.UTF_8);
                    to.writeString(HEX.toHexDigits(hash.of(text, 0, text.length)));
                } else if (token.isNumeric()) {
                    to.writeNumber(0);
                } else {
                    to.writeBoolean(false);
                }
            }
            default -> to.writeNull();
        }
    }

    private void writeMasked(JsonParser in, JsonGenerator to, JsonToken token, JsonRule rule) throws IOException {
        ValueMask mask = read(in, token, rule);
        if (mask == null) {
            to.writeNull();
            return;
        }
        mask.mask(scalar, masked.clear());
        switch (masked.form()) {
            case BYTES -> to.writeString(new String(masked.bytes(), 0, masked.length(), StandardCharsets.UTF_8));
            case NUMBER -> {
                if (scalar.kind() == ValueKind.BOOLEAN) {
                    to.writeBoolean(masked.number() != 0);
                } else {
                    to.writeNumber(masked.number());
                }
            }
            case DECIMAL -> to.writeNumber(masked.decimal().toString());
            case REAL -> to.writeNumber(masked.real());
            default -> to.writeNull();
        }
    }

    /** Reads the scalar as the kind that the rule has a mask for; null when it has none. */
    private ValueMask read(JsonParser in, JsonToken token, JsonRule rule) throws IOException {
        if (token == JsonToken.VALUE_NUMBER_INT
                && in.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                && rule.masks().containsKey(ValueKind.INTEGER)) {
            scalar.number(ValueKind.INTEGER, in.getLongValue());
            return rule.masks().get(ValueKind.INTEGER);
        }
        if (token.isNumeric() && rule.masks().containsKey(ValueKind.DECIMAL)) {
            try {
                scalar.decimal(new BigDecimal(in.getText()));
            } catch (NumberFormatException e) {
                return null;
            }
            return rule.masks().get(ValueKind.DECIMAL);
        }
        if (token.isBoolean() && rule.masks().containsKey(ValueKind.BOOLEAN)) {
            scalar.number(ValueKind.BOOLEAN, token == JsonToken.VALUE_TRUE ? 1 : 0);
            return rule.masks().get(ValueKind.BOOLEAN);
        }
        byte[] text = in.getText().getBytes(StandardCharsets.UTF_8);
        scalar.bytes(ValueKind.TEXT, text, 0, text.length);
        return rule.masks().get(ValueKind.TEXT);
    }
}
