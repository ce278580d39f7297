package dev.caravan.mask;

import java.util.List;

/**
 * Masks one JSON value in a single pass over its bytes: what is kept is copied as it is written, so that 1.50 stays 1.50, what is masked is given to
 * its masker as a range of the same bytes, and only blanks between tokens are dropped. Not thread-safe.
 */
final class JsonMask implements ValueMask {
    private static final int MOST_DEPTH = 1_000;

    private final JsonPlace root;
    private final JsonKeys keys;
    private final JsonScalars scalars;
    private final JsonCursor in = new JsonCursor();

    /**
     * @param unknown what becomes of a scalar that no path names: null, mask, keep or fail
     * @param keys what becomes of a key that no path spells out: mask, words or keep
     */
    JsonMask(List<JsonRule> rules, String unknown, String keys, KeyedHash hash) {
        this.root = JsonPlace.root(rules);
        this.keys = new JsonKeys(keys, unknown.equals("keep"), hash);
        this.scalars = new JsonScalars(unknown, hash);
    }

    @Override
    public void mask(Value value, Output output) {
        in.begin(value.bytes(), value.offset(), value.length());
        scalars.row(value.row());
        try {
            value(root, 0, output);
            if (in.next() >= 0) {
                output.unreadable();
            }
        } catch (JsonCursor.Malformed | ArithmeticException e) {
            output.unreadable();
        }
    }

    private void value(JsonPlace place, int depth, Output out) {
        switch (in.next()) {
            case '{' -> object(place, depth + 1, out);
            case '[' -> array(place, depth + 1, out);
            case '"' -> {
                in.text();
                scalars.text(in, place.rule(), out);
            }
            case 't', 'f' -> {
                in.word();
                scalars.truth(in, place.rule(), out);
            }
            case 'n' -> {
                in.word();
                JsonText.putNull(out);
            }
            default -> {
                in.number();
                scalars.number(in, place.rule(), out);
            }
        }
    }

    private void object(JsonPlace place, int depth, Output out) {
        begin('{', depth, out);
        if (in.next() != '}') {
            do {
                int index = keys.write(in, place, out);
                in.expect(':');
                out.append(':');
                value(place.below(index), depth, out);
            } while (separated(out));
        }
        in.expect('}');
        out.append('}');
    }

    private void array(JsonPlace place, int depth, Output out) {
        begin('[', depth, out);
        if (in.next() != ']') {
            JsonPlace element = place.element();
            do {
                value(element, depth, out);
            } while (separated(out));
        }
        in.expect(']');
        out.append(']');
    }

    private void begin(char bracket, int depth, Output out) {
        if (depth > MOST_DEPTH) {
            throw JsonCursor.Malformed.INSTANCE;
        }
        in.pass();
        out.append(bracket);
    }

    private boolean separated(Output out) {
        boolean more = in.next() == ',';
        if (more) {
            in.pass();
            out.append(',');
        }
        return more;
    }
}
