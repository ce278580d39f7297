package dev.caravan.mask;

import java.nio.charset.StandardCharsets;

/** Looks for source values in one text after the other, and counts what it finds. Not thread-safe. */
public final class TextSearch {
    private final SourceValues values;
    private final WordWindows windows;
    private final FoundValues found = new FoundValues();
    private final WordWindows.Run run = this::look;
    private final SourceValues.Found note = this::found;
    private final Bytes unescaped = new Bytes(256);
    private boolean keptHere;
    private String here = "";

    public TextSearch(SourceValues values) {
        this.values = values;
        this.windows = values.windows().only(values.shapes());
    }

    /**
     * Looks into one text.
     *
     * @param escaped whether a backslash hides the byte after it, as in COPY's text form
     * @param kept whether it stands where nothing was masked
     * @param where it stands
     */
    public void look(byte[] text, int offset, int length, boolean escaped, boolean kept, String where) {
        keptHere = kept;
        here = where;
        windows.runs(text, offset, length, escaped, run);
    }

    /** The same for a field of JSON in a row of COPY's text form, where JSON's own backslashes are doubled: behind each a byte is hidden. */
    public void lookIntoDocument(byte[] field, int offset, boolean kept, String where) {
        unescaped.clear();
        TextRows.unescape(field, offset, unescaped);
        look(unescaped.array(), 0, unescaped.length(), true, kept, where);
    }

    /** The same for a text of the catalog, which is as it was. */
    public void look(String text, String where) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        look(bytes, 0, bytes.length, false, true, where);
    }

    private void look(long hash) {
        values.look(hash, keptHere, note);
    }

    private void found(SourceValues.Source source) {
        found.add(source.name(), here, 1);
    }

    /** What was found so far. */
    public FoundValues found() {
        return found;
    }
}
