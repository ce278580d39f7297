package dev.caravan.mask;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * hstore, which maskers see as a JSON object of texts and nulls. In binary it is a count, then each key and value behind its length (hstore_send of
 * contrib/hstore); printed it is {@code "key"=>"value", "other"=>NULL}.
 *
 * @param binary which of the two forms
 */
record HstoreCodec(boolean binary) implements Codec {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int NULL = -1;

    @Override
    public boolean decode(byte[] bytes, int offset, int length, Value value) {
        try {
            Map<String, String> pairs = binary
                    ? sent(bytes, offset, offset + length)
                    : printed(new String(bytes, offset, length, StandardCharsets.UTF_8));
            ByteArrayOutputStream out = new ByteArrayOutputStream(length + 16);
            try (JsonGenerator to = JSON.createGenerator(out)) {
                to.writeStartObject();
                for (Map.Entry<String, String> pair : pairs.entrySet()) {
                    to.writeStringField(pair.getKey(), pair.getValue());
                }
                to.writeEndObject();
            }
            byte[] json = out.toByteArray();
            value.bytes(ValueKind.HSTORE, json, 0, json.length);
            return true;
        } catch (IOException | RuntimeException e) {
            // What is read in no way is masked without being read.
            return false;
        }
    }

    private static Map<String, String> sent(byte[] bytes, int from, int end) {
        Map<String, String> pairs = new LinkedHashMap<>();
        int count = Bytes.intAt(bytes, from);
        int at = from + 4;
        for (int i = 0; i < count; i++) {
            int size = Bytes.intAt(bytes, at);
            String key = new String(bytes, at + 4, size, StandardCharsets.UTF_8);
            at += 4 + size;
            size = Bytes.intAt(bytes, at);
            pairs.put(key, size == NULL ? null : new String(bytes, at + 4, size, StandardCharsets.UTF_8));
            at += 4 + Math.max(0, size);
        }
        if (at != end) {
            throw new IllegalArgumentException("no hstore");
        }
        return pairs;
    }

    private static Map<String, String> printed(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        int at = 0;
        while (at < text.length()) {
            StringBuilder key = new StringBuilder();
            at = quoted(text, at, key);
            if (!text.startsWith("=>", at)) {
                throw new IllegalArgumentException("no hstore");
            }
            at += 2;
            if (text.startsWith("NULL", at)) {
                pairs.put(key.toString(), null);
                at += 4;
            } else {
                StringBuilder value = new StringBuilder();
                at = quoted(text, at, value);
                pairs.put(key.toString(), value.toString());
            }
            at += text.startsWith(", ", at) ? 2 : 0;
        }
        return pairs;
    }

    private static int quoted(String text, int from, StringBuilder into) {
        if (text.charAt(from) != '"') {
            throw new IllegalArgumentException("no hstore");
        }
        int at = from + 1;
        while (text.charAt(at) != '"') {
            if (text.charAt(at) == '\\') {
                at++;
            }
            into.append(text.charAt(at++));
        }
        return at + 1;
    }

    @Override
    public boolean encode(Output output, Bytes into) {
        if (output.form() != Output.Form.BYTES) {
            return false;
        }
        String text = new String(output.bytes(), 0, output.length(), StandardCharsets.UTF_8);
        try {
            // A policy's own value is written as PostgreSQL prints it.
            write(text.startsWith("{") ? object(text) : printed(text), into);
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /** A scalar is its text; what is nested is none of an hstore. */
    private static Map<String, String> object(String json) throws IOException {
        Map<String, String> pairs = new LinkedHashMap<>();
        try (JsonParser in = JSON.createParser(json)) {
            in.nextToken();
            while (in.nextToken() != JsonToken.END_OBJECT) {
                String key = in.currentName();
                JsonToken token = in.nextToken();
                if (token == null || !token.isScalarValue()) {
                    throw new IllegalArgumentException("no hstore");
                }
                pairs.put(key, token == JsonToken.VALUE_NULL ? null : in.getText());
            }
        }
        return pairs;
    }

    private void write(Map<String, String> pairs, Bytes into) {
        if (binary) {
            into.putInt(pairs.size());
            pairs.forEach((key, value) -> {
                sized(key, into);
                sized(value, into);
            });
            return;
        }
        StringBuilder text = new StringBuilder();
        pairs.forEach((key, value) -> text.append(text.isEmpty() ? "" : ", ")
                .append(quote(key))
                .append("=>")
                .append(value == null ? "NULL" : quote(value)));
        byte[] printed = text.toString().getBytes(StandardCharsets.UTF_8);
        into.put(printed, 0, printed.length);
    }

    private static void sized(String text, Bytes into) {
        if (text == null) {
            into.putInt(NULL);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        into.putInt(bytes.length);
        into.put(bytes, 0, bytes.length);
    }

    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
