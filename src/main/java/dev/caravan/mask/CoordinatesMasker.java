package dev.caravan.mask;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Moves a place by up to so many metres: a latitude, a longitude, or both in one text. */
final class CoordinatesMasker implements Masker {
    private static final Pattern PAIR = Pattern.compile(
            " ?([+-]?[0-9]{1,2}(?:\\.[0-9]{1,25})?) ?([,;]) ?([+-]?[0-9]{1,3}(?:\\.[0-9]{1,25})?) ?", Pattern.DOTALL);
    private static final int PAIR_CHARACTERS = "-90.000000,-180.000000".length();
    private static final int PAIR_DIGITS = 6;
    private static final double METRES_PER_DEGREE = 111_320;
    /** A degree of longitude shrinks towards the poles; nearer than this it is taken for no smaller. */
    private static final double LEAST_COSINE = 0.01;

    private static final int MOST_LATITUDE = 90;
    private static final int MOST_LONGITUDE = 180;
    /** The least share of the distance that a place is moved, so that none stays where it was. */
    private static final double LEAST_SHARE = 0.1;

    @Override
    public String name() {
        return "coordinates";
    }

    @Override
    public String description() {
        return "Moves a latitude, a longitude, or both in one text such as 52.52,13.40, by up to so many metres.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.of(
                "metres",
                Parameter.Type.INTEGER,
                5000L,
                "The most that each of the two is moved, from 100 to 500000."));
    }

    @Override
    public Set<ValueKind> accepts() {
        return EnumSet.of(ValueKind.TEXT, ValueKind.FLOAT, ValueKind.DECIMAL);
    }

    @Override
    public boolean alwaysChanges(Settings settings) {
        return true;
    }

    @Override
    public Example example() {
        return new Example(Map.of(), "text", "52.520000,13.400000");
    }

    @Override
    public ValueMask prepare(Settings settings, MaskedColumn column) {
        double degrees = Limits.within("metres", settings.integer("metres"), 100, 500_000) / METRES_PER_DEGREE;
        KeyedHash hash = column.hash();
        return switch (column.kind()) {
            case FLOAT -> (value, output) -> real(value.real(), degrees, value.hash(hash), output);
            case DECIMAL -> decimal(degrees, column, hash);
            default -> {
                column.needsLength(PAIR_CHARACTERS);
                yield pair(degrees, hash, column.hash("longitude"));
            }
        };
    }

    private static void real(double place, double degrees, long random, Output output) {
        if (readable(place)) {
            output.real(moved(place, most(place), degrees, random));
        } else {
            output.unreadable();
        }
    }

    private static ValueMask decimal(double degrees, MaskedColumn column, KeyedHash hash) {
        int scale = column.scale().orElse(PAIR_DIGITS);
        if (Math.pow(10, -scale) > degrees * LEAST_SHARE) {
            throw new MaskRefused("the column has too few digits after the point for so few metres");
        }
        int whole = column.precision().orElse(1000) - scale;
        return (value, output) -> {
            double place = value.decimal().doubleValue();
            if (!readable(place)) {
                output.unreadable();
                return;
            }
            BigDecimal moved = rounded(moved(place, most(place), degrees, value.hash(hash)), scale);
            if (moved.precision() - moved.scale() > whole) {
                output.unreadable();
            } else {
                output.decimal(moved);
            }
        };
    }

    private static ValueMask pair(double degrees, KeyedHash latitudeHash, KeyedHash longitudeHash) {
        return (value, output) -> {
            // The pattern takes no longer one.
            Matcher matcher = PAIR.matcher(value.length() > 64 ? "" : value.text());
            if (!matcher.matches()) {
                output.unreadable();
                return;
            }
            double latitude = Double.parseDouble(matcher.group(1));
            double longitude = Double.parseDouble(matcher.group(3));
            if (Math.abs(latitude) > MOST_LATITUDE || Math.abs(longitude) > MOST_LONGITUDE) {
                output.unreadable();
                return;
            }
            double wider = Math.max(LEAST_COSINE, Math.cos(Math.toRadians(latitude)));
            double south = moved(latitude, MOST_LATITUDE, degrees, value.hash(latitudeHash));
            double east = moved(longitude, MOST_LONGITUDE, degrees / wider, value.hash(longitudeHash));
            output.append(rounded(south, PAIR_DIGITS).toPlainString())
                    .append(matcher.group(2))
                    .append(rounded(east, PAIR_DIGITS).toPlainString());
        };
    }

    /** At least a tenth of the distance, towards the side that the hash says, or the other one where the world ends. */
    private static double moved(double place, int most, double degrees, long random) {
        double share = LEAST_SHARE + (1 - LEAST_SHARE) * ((random >>> 11) * 0x1p-53);
        double by = Math.min(degrees, most) * share * ((random & 1) == 0 ? 1 : -1);
        return Math.abs(place + by) > most ? place - by : place + by;
    }

    /** One number alone may be either: what can be a latitude stays one. */
    private static int most(double place) {
        return Math.abs(place) <= MOST_LATITUDE ? MOST_LATITUDE : MOST_LONGITUDE;
    }

    private static boolean readable(double place) {
        return Math.abs(place) <= MOST_LONGITUDE;
    }

    private static BigDecimal rounded(double place, int scale) {
        return BigDecimal.valueOf(place).setScale(scale, RoundingMode.HALF_UP);
    }
}
