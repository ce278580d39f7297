package dev.caravan.mask;

import dev.caravan.schema.ColumnType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/** The codecs of text COPY: values as PostgreSQL prints them under its ISO settings. */
final class PrintedCodecs {
    private PrintedCodecs() {}

    /** The codec of an elementary type; one whose values are no kind of ours shows them as bytes. */
    static Optional<Codec> of(ColumnType type) {
        return of(ValueKind.of(type), type.name());
    }

    static Optional<Codec> of(ValueKind kind, String type) {
        return Optional.ofNullable(
                switch (kind) {
                    case TEXT, ENUM, JSON, INET, MACADDR, OTHER -> new TextCodec(type, kind);
                    case HSTORE -> new HstoreCodec(false);
                    case INTEGER -> new Number(kind, type.equals("int2") ? 2 : type.equals("int4") ? 4 : 8);
                    case BOOLEAN, DATE, FLOAT, DECIMAL, UUID, BYTES -> new Number(kind, 8);
                    case TIME, TIMESTAMP -> new PrintedTimes(type);
                });
    }

    /** Everything with one printed form. */
    private record Number(ValueKind kind, int size) implements Codec {
        @Override
        public boolean decode(byte[] bytes, int offset, int length, Value value) {
            String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
            try {
                switch (kind) {
                    case INTEGER -> value.number(kind, Long.parseLong(text));
                    case BOOLEAN -> value.number(kind, text.equals("t") ? 1 : 0);
                    case DATE -> value.number(kind, days(text));
                    case FLOAT -> {
                        double real = Double.parseDouble(text);
                        value.real(real);
                        return Double.isFinite(real);
                    }
                    case DECIMAL -> value.decimal(new BigDecimal(text));
                    case UUID -> {
                        UUID uuid = UUID.fromString(text);
                        value.uuid(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
                    }
                    default -> {
                        byte[] raw = HexFormat.of().parseHex(text, 2, text.length());
                        value.bytes(kind, raw, 0, raw.length);
                    }
                }
                return true;
            } catch (RuntimeException e) {
                // NaN and infinite numbers are masked without being read.
                return false;
            }
        }

        @Override
        public boolean encode(Output output, Bytes into) {
            String text = printed(output);
            if (text != null) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                into.put(bytes, 0, bytes.length);
            }
            return text != null;
        }

        /** Null when the type cannot hold it. */
        private String printed(Output output) {
            return switch (kind) {
                case INTEGER ->
                    output.form() == Output.Form.NUMBER && NumberLimits.fits(kind, size, output.number())
                            ? Long.toString(output.number())
                            : null;
                case BOOLEAN -> output.form() == Output.Form.NUMBER ? output.number() == 0 ? "f" : "t" : null;
                case DATE -> output.form() == Output.Form.NUMBER ? date(output.number()) : null;
                case FLOAT -> output.form() == Output.Form.REAL ? Double.toString(output.real()) : null;
                case DECIMAL ->
                    output.form() == Output.Form.DECIMAL
                            ? output.decimal().toPlainString()
                            : output.form() == Output.Form.NUMBER ? Long.toString(output.number()) : null;
                case UUID ->
                    output.form() == Output.Form.UUID ? new UUID(output.high(), output.number()).toString() : null;
                default ->
                    output.form() == Output.Form.BYTES
                            ? "\\x" + HexFormat.of().formatHex(output.bytes(), 0, output.length())
                            : null;
            };
        }

        private static long days(String text) {
            return text.endsWith("infinity")
                    ? text.charAt(0) == '-' ? Long.MIN_VALUE : Long.MAX_VALUE
                    : PrintedDay.days(PrintedDay.withoutEra(text), PrintedDay.beforeChrist(text));
        }

        private static String date(long days) {
            if (days == Long.MIN_VALUE || days == Long.MAX_VALUE) {
                return days < 0 ? "-infinity" : "infinity";
            }
            return NumberLimits.fits(ValueKind.DATE, 4, days) ? PrintedDay.print(days) + PrintedDay.era(days) : null;
        }
    }
}
