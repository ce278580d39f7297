package dev.caravan.mask;

import java.time.LocalDate;

/** A date as PostgreSQL prints it under its ISO settings: years of any length, those before Christ counted backwards from 1. Stateless. */
final class PrintedDay {
    private static final String BEFORE_CHRIST = " BC";
    private static final int YEAR_DIGITS = 4;

    private PrintedDay() {}

    static boolean beforeChrist(String text) {
        return text.endsWith(BEFORE_CHRIST);
    }

    static String withoutEra(String text) {
        return beforeChrist(text) ? text.substring(0, text.length() - BEFORE_CHRIST.length()) : text;
    }

    /**
     * Reads year, month and day.
     *
     * @return days since 2000-01-01
     * @throws RuntimeException when it is no date
     */
    static long days(String date, boolean beforeChrist) {
        String[] parts = date.split("-");
        if (parts.length != 3) {
            throw new NumberFormatException("no date");
        }
        int year = Integer.parseInt(parts[0]);
        return PostgresTime.days(
                LocalDate.of(beforeChrist ? 1 - year : year, Integer.parseInt(parts[1]), Integer.parseInt(parts[2])));
    }

    /** The date without its era, which {@link #era} gives: a time of day stands between them. */
    static String print(long days) {
        LocalDate date = PostgresTime.date(days);
        int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
        StringBuilder text = new StringBuilder(Integer.toString(year));
        while (text.length() < YEAR_DIGITS) {
            text.insert(0, '0');
        }
        return text.append(date.getMonthValue() < 10 ? "-0" : "-")
                .append(date.getMonthValue())
                .append(date.getDayOfMonth() < 10 ? "-0" : "-")
                .append(date.getDayOfMonth())
                .toString();
    }

    static String era(long days) {
        return PostgresTime.date(days).getYear() > 0 ? "" : BEFORE_CHRIST;
    }
}
