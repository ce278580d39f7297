package dev.caravan.mask;

/** Between a type's form in a row and what maskers see. Stateless. */
interface Codec {
    /** @return false when the bytes are not what the type says, or a value that maskers are not shown, such as NaN */
    boolean decode(byte[] bytes, int offset, int length, Value value);

    /** @return false when the type cannot hold what was given */
    boolean encode(Output output, Bytes into);
}
