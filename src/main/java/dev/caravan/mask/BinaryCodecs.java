package dev.caravan.mask;

import dev.caravan.schema.ColumnType;
import java.util.Optional;

/** The codecs of binary COPY: what each type's send and receive functions exchange (src/backend/utils/adt of PostgreSQL). */
final class BinaryCodecs {
    private static final int JSONB_VERSION = 1;

    private BinaryCodecs() {}

    /** The codec of an elementary type, or nothing where values are not masked in binary rows. */
    static Optional<Codec> of(ColumnType type) {
        ValueKind kind = ValueKind.of(type);
        return Optional.ofNullable(
                switch (kind) {
                    case TEXT, ENUM -> new TextCodec(type.name(), kind);
                    case JSON -> type.name().equals("jsonb") ? new Jsonb() : new TextCodec(type.name(), kind);
                    case INTEGER ->
                        new Whole(
                                kind,
                                type.name().equals("int2") ? 2 : type.name().equals("int4") ? 4 : 8);
                    case BOOLEAN -> new Whole(kind, 1);
                    case DATE -> new Whole(kind, 4);
                    case TIMESTAMP -> new Whole(kind, 8);
                    case TIME -> type.name().equals("time") ? new Whole(kind, 8) : new TimeWithZone();
                    case FLOAT -> new Real(type.name().equals("float4"));
                    case DECIMAL -> new BinaryNumeric();
                    case UUID -> new Uuid();
                    case BYTES -> new TextCodec(type.name(), kind);
                    case INET -> new BinaryInet(type.name().equals("cidr"));
                    case MACADDR -> new BinaryMac();
                    case HSTORE -> new HstoreCodec(true);
                    case OTHER -> null;
                });
    }

    /** Integers and what PostgreSQL counts with them; infinite dates are the type's extremes, and become those of 64 bits. */
    private record Whole(ValueKind kind, int size) implements Codec {
        @Override
        public boolean decode(byte[] bytes, int offset, int length, Value value) {
            if (length != size) {
                return false;
            }
            long number =
                    switch (size) {
                        case 1 -> bytes[offset];
                        case 2 -> Bytes.shortAt(bytes, offset);
                        case 4 -> Bytes.intAt(bytes, offset);
                        default -> Bytes.longAt(bytes, offset);
                    };
            if (kind == ValueKind.DATE && (number == Integer.MIN_VALUE || number == Integer.MAX_VALUE)) {
                number = number < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
            }
            value.number(kind, number);
            return true;
        }

        @Override
        public boolean encode(Output output, Bytes into) {
            if (output.form() != Output.Form.NUMBER) {
                return false;
            }
            long number = output.number();
            if (kind == ValueKind.DATE && (number == Long.MIN_VALUE || number == Long.MAX_VALUE)) {
                into.putInt(number < 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE);
                return true;
            }
            if (!NumberLimits.fits(kind, size, number)) {
                return false;
            }
            switch (size) {
                case 1 -> into.put((int) number);
                case 2 -> into.putShort((int) number);
                case 4 -> into.putInt((int) number);
                default -> into.putLong(number);
            }
            return true;
        }
    }

    /** timetz_send: the time of day, and seconds west of Greenwich, which become none. */
    private record TimeWithZone() implements Codec {
        private static final int SIZE = 12;

        @Override
        public boolean decode(byte[] bytes, int offset, int length, Value value) {
            value.number(ValueKind.TIME, length == SIZE ? Bytes.longAt(bytes, offset) : 0);
            return length == SIZE;
        }

        @Override
        public boolean encode(Output output, Bytes into) {
            boolean fits = output.form() == Output.Form.NUMBER && NumberLimits.fits(ValueKind.TIME, 8, output.number());
            if (fits) {
                into.putLong(output.number());
                into.putInt(0);
            }
            return fits;
        }
    }

    private record Real(boolean single) implements Codec {
        @Override
        public boolean decode(byte[] bytes, int offset, int length, Value value) {
            if (length != (single ? 4 : 8)) {
                return false;
            }
            double real = single
                    ? Float.intBitsToFloat(Bytes.intAt(bytes, offset))
                    : Double.longBitsToDouble(Bytes.longAt(bytes, offset));
            value.real(real);
            return Double.isFinite(real);
        }

        @Override
        public boolean encode(Output output, Bytes into) {
            if (output.form() != Output.Form.REAL) {
                return false;
            }
            if (single) {
                into.putInt(Float.floatToIntBits((float) output.real()));
            } else {
                into.putLong(Double.doubleToLongBits(output.real()));
            }
            return true;
        }
    }

    private record Uuid() implements Codec {
        @Override
        public boolean decode(byte[] bytes, int offset, int length, Value value) {
            if (length != 16) {
                return false;
            }
            value.uuid(Bytes.longAt(bytes, offset), Bytes.longAt(bytes, offset + 8));
            return true;
        }

        @Override
        public boolean encode(Output output, Bytes into) {
            if (output.form() != Output.Form.UUID) {
                return false;
            }
            into.putLong(output.high());
            into.putLong(output.number());
            return true;
        }
    }

    /** A version byte, and then the text. */
    private record Jsonb() implements Codec {
        @Override
        public boolean decode(byte[] bytes, int offset, int length, Value value) {
            if (length < 1 || bytes[offset] != JSONB_VERSION) {
                return false;
            }
            value.bytes(ValueKind.JSON, bytes, offset + 1, length - 1);
            return true;
        }

        @Override
        public boolean encode(Output output, Bytes into) {
            if (output.form() != Output.Form.BYTES) {
                return false;
            }
            into.put(JSONB_VERSION);
            into.put(output.bytes(), 0, output.length());
            return true;
        }
    }
}
