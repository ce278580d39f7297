package dev.caravan.mask;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * time, timestamp and timestamptz as PostgreSQL prints them under its ISO settings.
 *
 * @param type the type's name
 */
record PrintedTimes(String type) implements Codec {
    private static final LocalDateTime EPOCH = PrintedCodecs.EPOCH.atStartOfDay();
    private static final DateTimeFormatter WITH_ZONE = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendOffset("+HH:mm:ss", "+00")
            .toFormatter(Locale.ROOT);

    @Override
    public boolean decode(byte[] bytes, int offset, int length, Value value) {
        String text = new String(bytes, offset, length, StandardCharsets.US_ASCII);
        try {
            switch (type) {
                case "time" ->
                    value.number(ValueKind.TIME, LocalTime.parse(text).toNanoOfDay() / 1_000);
                case "timestamptz" ->
                    value.number(
                            ValueKind.TIMESTAMP,
                            micros(OffsetDateTime.parse(text, WITH_ZONE)
                                    .withOffsetSameInstant(ZoneOffset.UTC)
                                    .toLocalDateTime()));
                default -> value.number(ValueKind.TIMESTAMP, micros(LocalDateTime.parse(text.replace(' ', 'T'))));
            }
            return true;
        } catch (RuntimeException e) {
            // 24:00, infinity, years past 9999 and before Christ are masked without being read.
            return false;
        }
    }

    @Override
    public boolean encode(Output output, Bytes into) {
        if (output.form() != Output.Form.NUMBER) {
            return false;
        }
        long number = output.number();
        String text;
        if (type.equals("time")) {
            text = number < 0 || number >= 86_400_000_000L
                    ? null
                    : LocalTime.ofNanoOfDay(number * 1_000).toString();
        } else {
            LocalDateTime time =
                    Math.abs(number) > 300_000_000_000_000_000L ? null : EPOCH.plus(number, ChronoUnit.MICROS);
            text = time == null || time.getYear() < 1 || time.getYear() > 9999
                    ? null
                    : time.toString().replace('T', ' ') + (type.equals("timestamptz") ? "+00" : "");
        }
        if (text != null) {
            byte[] printed = text.getBytes(StandardCharsets.US_ASCII);
            into.put(printed, 0, printed.length);
        }
        return text != null;
    }

    private static long micros(LocalDateTime time) {
        return ChronoUnit.MICROS.between(EPOCH, time);
    }
}
