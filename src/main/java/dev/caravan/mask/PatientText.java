package dev.caravan.mask;

/** A text that may be looked at only so often: a pattern that tries without end over a value is stopped. Not thread-safe. */
final class PatientText implements CharSequence {
    /** Some ten milliseconds. */
    private static final int MOST_LOOKS = 2_000_000;

    private final String text;
    private final int[] looks;

    PatientText(String text) {
        this(text, new int[1]);
    }

    private PatientText(String text, int[] looks) {
        this.text = text;
        this.looks = looks;
    }

    @Override
    public char charAt(int index) {
        if (looks[0]++ > MOST_LOOKS) {
            throw new OutOfPatience();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new PatientText(text.substring(start, end), looks);
    }

    @Override
    public String toString() {
        return text;
    }

    /** The pattern has looked too often. */
    static final class OutOfPatience extends RuntimeException {
        private static final long serialVersionUID = 1;

        OutOfPatience() {
            super("the pattern takes too long", null, false, false);
        }
    }
}
