package dev.caravan.copy;

import dev.caravan.plan.CopyFormat;
import dev.caravan.plan.Part;
import dev.caravan.tenant.TenantGuard;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** Reads the tenant columns of every row of a part, and counts the rows whose tenant is none of the chosen. Not thread-safe. */
final class RowGuard {
    private final List<Field> fields = new ArrayList<>();
    private final Set<String> allowed = new HashSet<>();
    private final boolean nobody;
    private final boolean binary;

    /** A tenant column by its place in the row, from 0. */
    private record Field(int place, TenantGuard.Form form) {}

    RowGuard(Part part, TenantGuard guard) {
        this.binary = part.format() == CopyFormat.BINARY;
        this.nobody = guard.nobody();
        guard.columns().forEach((column, form) -> {
            fields.add(new Field(part.columns().indexOf(column), form));
            guard.values().forEach(value -> allowed.add(canonical(value, form)));
        });
    }

    /** Whether every row's tenant can be read. */
    boolean reads() {
        return fields.stream()
                .allMatch(field -> field.place() >= 0
                        && field.form() != TenantGuard.Form.COLLATED
                        && !(binary && field.form() == TenantGuard.Form.DECIMAL));
    }

    /** How many of the rows belong to somebody else. */
    int strangers(byte[] bytes, int length, int rows) {
        int strangers = 0;
        int at = 0;
        for (int row = 0; row < rows; row++) {
            Row read = binary ? binaryRow(bytes, at) : textRow(bytes, at, length);
            strangers += read.chosen || read.empty && nobody ? 0 : 1;
            at = read.end;
        }
        return strangers;
    }

    private record Row(boolean chosen, boolean empty, int end) {}

    private Row binaryRow(byte[] bytes, int start) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int count = buffer.getShort(start);
        int at = start + Short.BYTES;
        boolean chosen = false;
        boolean empty = true;
        for (int place = 0; place < count; place++) {
            int size = buffer.getInt(at);
            at += Integer.BYTES;
            for (Field field : fields) {
                if (field.place() == place && size >= 0) {
                    empty = false;
                    chosen |= allowed.contains(canonical(binaryValue(buffer, at, size, field.form()), field.form()));
                }
            }
            at += Math.max(0, size);
        }
        return new Row(chosen, empty, at);
    }

    private static String binaryValue(ByteBuffer buffer, int at, int size, TenantGuard.Form form) {
        return switch (form) {
            case NUMBER ->
                Long.toString(
                        switch (size) {
                            case Short.BYTES -> buffer.getShort(at);
                            case Integer.BYTES -> buffer.getInt(at);
                            default -> buffer.getLong(at);
                        });
            case UUID -> new UUID(buffer.getLong(at), buffer.getLong(at + Long.BYTES)).toString();
            default -> new String(buffer.array(), at, size, StandardCharsets.UTF_8);
        };
    }

    private Row textRow(byte[] bytes, int start, int length) {
        boolean chosen = false;
        boolean empty = true;
        int place = 0;
        int begin = start;
        int at = start;
        while (at < length) {
            byte b = bytes[at];
            if (b == '\\') {
                at++;
            } else if (b == '\t' || b == '\n') {
                for (Field field : fields) {
                    if (field.place() == place && !isNull(bytes, begin, at)) {
                        empty = false;
                        chosen |= allowed.contains(canonical(textValue(bytes, begin, at), field.form()));
                    }
                }
                place++;
                begin = at + 1;
                if (b == '\n') {
                    return new Row(chosen, empty, at + 1);
                }
            }
            at++;
        }
        return new Row(chosen, empty, length);
    }

    private static boolean isNull(byte[] bytes, int begin, int end) {
        return end - begin == 2 && bytes[begin] == '\\' && bytes[begin + 1] == 'N';
    }

    /** COPY's escapes of one letter; it writes no others. */
    private static String textValue(byte[] bytes, int begin, int end) {
        byte[] plain = new byte[end - begin];
        int length = 0;
        for (int i = begin; i < end; i++) {
            byte b = bytes[i];
            if (b == '\\') {
                b = switch (bytes[++i]) {
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    case 'v' -> 0x0b;
                    default -> bytes[i];
                };
            }
            plain[length++] = b;
        }
        return new String(plain, 0, length, StandardCharsets.UTF_8);
    }

    private static String canonical(String value, TenantGuard.Form form) {
        return switch (form) {
            case TEXT_IN_ANY_CASE -> value.toLowerCase(Locale.ROOT);
            case PADDED_TEXT -> value.stripTrailing();
            default -> value;
        };
    }
}
