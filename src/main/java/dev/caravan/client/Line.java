package dev.caravan.client;

/** One line of a picture: pieces of text in colours, cut at the terminal's width. Not thread-safe. */
final class Line {
    /** Colours by what they mean. */
    enum Style {
        PLAIN(""),
        STRONG("1"),
        FAINT("2"),
        GOOD("32"),
        BAD("31"),
        BAR("36");

        private final String code;

        Style(String code) {
            this.code = code;
        }

        /** The text with the codes around it. */
        String on(String text) {
            return this == PLAIN ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
        }
    }

    private final Terminal terminal;
    private final StringBuilder text = new StringBuilder();
    private int left;

    Line(Terminal terminal) {
        this.terminal = terminal;
        // The last column stays free: some terminals wrap as soon as it is written.
        this.left = terminal.columns() - 1;
    }

    Line add(String piece) {
        return add(Style.PLAIN, piece);
    }

    Line add(Style style, String piece) {
        String shown = Text.cut(piece, left, terminal.glyphs().ellipsis());
        left -= Text.columns(shown);
        text.append(shown.isBlank() ? shown : terminal.styled(style, shown));
        return this;
    }

    /** Columns that are still free. */
    int left() {
        return left;
    }

    @Override
    public String toString() {
        return text.toString().stripTrailing();
    }
}
