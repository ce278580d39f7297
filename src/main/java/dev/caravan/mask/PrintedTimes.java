package dev.caravan.mask;

import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * time, timetz, timestamp and timestamptz as PostgreSQL prints them under its ISO settings. A time of day keeps no zone of its own: it is written
 * with that of UTC.
 *
 * @param type the type's name
 */
record PrintedTimes(String type) implements Codec {
    private static final String END_OF_DAY = "24:00:00";
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final long MICROS_PER_SECOND = 1_000_000;

    @Override
    public boolean decode(byte[] bytes, int offset, int length, Value value) {
        String text = new String(bytes, offset, length, StandardCharsets.US_ASCII);
        try {
            if (type.startsWith("timestamp")) {
                value.number(ValueKind.TIMESTAMP, timestamp(text));
            } else {
                value.number(ValueKind.TIME, time(type.equals("timetz") ? text.substring(0, zoneAt(text)) : text));
            }
            return true;
        } catch (RuntimeException e) {
            // What is read in no way is masked without being read.
            return false;
        }
    }

    private long timestamp(String printed) {
        if (printed.endsWith("infinity")) {
            return printed.charAt(0) == '-' ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        String text = PrintedDay.withoutEra(printed);
        int blank = text.indexOf(' ');
        long day = PrintedDay.days(text.substring(0, blank), PrintedDay.beforeChrist(printed));
        String clock = text.substring(blank + 1);
        long zone = 0;
        if (type.equals("timestamptz")) {
            int at = zoneAt(clock);
            zone = ZoneOffset.of(clock.substring(at)).getTotalSeconds() * MICROS_PER_SECOND;
            clock = clock.substring(0, at);
        }
        return Math.addExact(Math.multiplyExact(day, PostgresTime.MICROS_PER_DAY), time(clock) - zone);
    }

    private static long time(String clock) {
        return clock.equals(END_OF_DAY)
                ? PostgresTime.MICROS_PER_DAY
                : LocalTime.parse(clock).toNanoOfDay() / 1_000;
    }

    private static int zoneAt(String clock) {
        return Math.max(clock.lastIndexOf('+'), clock.lastIndexOf('-'));
    }

    @Override
    public boolean encode(Output output, Bytes into) {
        if (output.form() != Output.Form.NUMBER) {
            return false;
        }
        String text = type.startsWith("timestamp") ? timestamp(output.number()) : time(output.number());
        if (text != null) {
            byte[] printed = text.getBytes(StandardCharsets.US_ASCII);
            into.put(printed, 0, printed.length);
        }
        return text != null;
    }

    /** Null when the type cannot hold it. */
    private String timestamp(long number) {
        if (number == Long.MIN_VALUE || number == Long.MAX_VALUE) {
            return number < 0 ? "-infinity" : "infinity";
        }
        if (!NumberLimits.fits(ValueKind.TIMESTAMP, 8, number)) {
            return null;
        }
        long day = Math.floorDiv(number, PostgresTime.MICROS_PER_DAY);
        return PrintedDay.print(day) + " " + clock(Math.floorMod(number, PostgresTime.MICROS_PER_DAY))
                + (type.equals("timestamptz") ? "+00" : "") + PrintedDay.era(day);
    }

    private String time(long number) {
        if (number < 0 || number > PostgresTime.MICROS_PER_DAY) {
            return null;
        }
        return (number == PostgresTime.MICROS_PER_DAY ? END_OF_DAY : clock(number))
                + (type.equals("timetz") ? "+00" : "");
    }

    /** 12:34:56, and the fraction of a second without its last zeros. */
    private static String clock(long micros) {
        String whole = LocalTime.ofSecondOfDay(micros / MICROS_PER_SECOND).format(CLOCK);
        long fraction = micros % MICROS_PER_SECOND;
        return fraction == 0 ? whole : (whole + String.format(Locale.ROOT, ".%06d", fraction)).replaceAll("0+$", "");
    }
}
