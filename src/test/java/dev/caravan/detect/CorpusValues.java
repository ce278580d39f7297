package dev.caravan.detect;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Random;

/** Invents values as they stand in real tables, some odd ones among them. The names are not the detector's lists. */
final class CorpusValues {
    private static final Properties NAMED = named();

    private final Random random;
    private final CorpusNumbers numbers;
    private final String language;
    private int next;

    CorpusValues(long seed, String language) {
        this.random = new Random(seed);
        this.numbers = new CorpusNumbers(random);
        this.language = NAMED.containsKey("given." + language)
                ? language
                : Map.of("nl", "de", "sv", "fi", "pl", "en", "pt", "es").get(language);
    }

    private static Properties named() {
        try (Reader file = new InputStreamReader(
                CorpusValues.class.getResourceAsStream("/detect/corpus-values.properties"), StandardCharsets.UTF_8)) {
            Properties named = new Properties();
            named.load(file);
            return named;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The column's type, by the name of its values. */
    static String type(String values) {
        return switch (values) {
            case "serial", "int", "year" -> "int4";
            case "amount" -> "numeric";
            case "latitude", "longitude" -> "float8";
            case "bool" -> "bool";
            case "date", "birth" -> "date";
            case "ts" -> "timestamptz";
            case "uuid" -> "uuid";
            case "bytes" -> "bytea";
            case "json_user", "json_order", "json_settings" -> "jsonb";
            default -> "text";
        };
    }

    /** @return null for one value in twenty */
    String next(String values) {
        next++;
        if (!values.equals("serial") && random.nextInt(20) == 0) {
            return null;
        }
        return switch (values) {
            case "serial" -> String.valueOf(next);
            case "int" -> String.valueOf(random.nextInt(1000));
            case "year" -> String.valueOf(1950 + random.nextInt(75));
            case "amount" -> String.format(Locale.ROOT, "%.2f", random.nextDouble() * 1000);
            case "latitude" -> String.format(Locale.ROOT, "%.6f", 35 + random.nextDouble() * 30);
            case "longitude" -> String.format(Locale.ROOT, "%.6f", -10 + random.nextDouble() * 40);
            case "bool" -> random.nextBoolean() ? "t" : "f";
            case "date" ->
                LocalDate.of(2024, 1, 1).plusDays(random.nextInt(600)).toString();
            case "birth" ->
                LocalDate.of(1940, 1, 1).plusDays(random.nextInt(24000)).toString();
            case "ts" -> LocalDate.of(2024, 1, 1).plusDays(random.nextInt(600)) + " 10:20:30+00";
            case "uuid" -> new java.util.UUID(random.nextLong(), random.nextLong()).toString();
            case "bytes" -> "\\x" + Long.toHexString(random.nextLong());
            case "given" -> given();
            case "family" -> family();
            case "person" -> person();
            case "email" -> email();
            case "login" ->
                random.nextBoolean()
                        ? Words.plain(given()) + random.nextInt(99)
                        : Words.plain(given().charAt(0) + family()).replace(" ", "");
            case "phone" -> numbers.digits(one(named("phones")));
            case "street" -> street();
            case "fulladdress" -> street() + ", " + numbers.digits("#####") + " " + one(named("cities"));
            case "apartment" ->
                one(List.of("Apt 4", "2nd floor", "c/o " + person(), "Flat " + random.nextInt(30), "EG links"));
            case "city" -> one(named("cities"));
            case "postcode" ->
                language.equals("en")
                        ? one(List.of("SW1A 1AA", "M1 4BT", "90210", "10001", "CF10 3AT", "02134"))
                        : numbers.digits("#####");
            case "iban" -> numbers.iban();
            case "card" -> numbers.card();
            case "ssn" -> numbers.digits("2##-3#-4###");
            case "nino" -> "AB" + numbers.digits("######") + "C";
            case "dni" -> numbers.dni();
            case "cf" -> numbers.cf();
            case "hetu" -> numbers.hetu();
            case "personnummer" ->
                CorpusNumbers.luhnEnd(numbers.digits("8") + random.nextInt(10) + "0" + (1 + random.nextInt(9)) + "1"
                        + random.nextInt(10) + "-" + numbers.digits("###"));
            case "bsn" -> numbers.bsn();
            case "pesel" -> numbers.pesel();
            case "steuerid", "digits10" -> numbers.digits("1#########");
            case "svnr" -> numbers.digits("12######") + "M" + numbers.digits("###");
            case "kvnr" -> "A" + numbers.digits("#########");
            case "nir" -> numbers.nir();
            case "cpf" -> numbers.digits("###.###.###-##");
            case "digits3" -> String.valueOf(1 + random.nextInt(250));
            case "digits4" -> numbers.digits("####");
            case "digits8" -> numbers.digits("########");
            case "digits12" -> numbers.digits("############");
            case "digits15" -> numbers.digits("35#############");
            case "sortcode" -> numbers.digits("20-##-##");
            case "bic" -> one(List.of("DEUTDEFF", "BNPAFRPP", "CAIXESBB", "UNCRITMM", "NDEAFIHH", "BARCGB22"));
            case "plate" ->
                numbers.digits(one(List.of("AB-CD ###", "M-XY ###", "ABC-###", "BD51 SMR", "AA-###-BB", "####-KLM")));
            case "vin" -> "WVWZZZ1JZXW" + numbers.digits("######");
            case "passport" -> "C" + numbers.letter() + numbers.letter() + numbers.digits("######");
            case "ip" ->
                random.nextInt(6) == 0
                        ? "2001:db8::" + Integer.toHexString(random.nextInt(65000))
                        : numbers.digits("10.2") + random.nextInt(10) + "." + random.nextInt(255) + "."
                                + random.nextInt(255);
            case "mac" ->
                String.format(
                        "00:1a:%02x:%02x:%02x:%02x",
                        random.nextInt(256), random.nextInt(256), random.nextInt(256), random.nextInt(256));
            case "agent" ->
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/12" + random.nextInt(9)
                        + ".0.0.0 Safari/537.36";
            case "bcrypt" -> "$2a$10$" + numbers.text(53);
            case "token" -> numbers.text(40);
            case "sha" -> numbers.hex(64);
            case "pem" -> "-----BEGIN OPENSSH PRIVATE KEY-----\n" + numbers.text(60);
            case "job" ->
                one(List.of("Engineer", "Nurse", "Sales Manager", "Accountant", "Driver", "Analyst", "Teacher"));
            case "company" ->
                one(List.of("Acme", "Nordwind", "Bluefin", "Kestrel", "Solano", "Vega", "Orion")) + " "
                        + one(List.of("GmbH", "Ltd", "Inc", "SARL", "S.p.A.", "Oy", "AG", "LLC"));
            case "gender" -> one(List.of("m", "f", "d"));
            case "salutation" -> one(List.of("Mr", "Ms", "Dr"));
            case "country" -> one(List.of("DE", "FR", "ES", "IT", "FI", "GB", "US"));
            case "currency" -> one(List.of("EUR", "USD", "GBP"));
            case "locale" -> one(List.of("en", "de", "fr-FR"));
            case "status" -> one(List.of("new", "open", "closed", "active", "pending"));
            case "code" -> numbers.letter() + numbers.letter() + numbers.digits("##");
            case "icd" -> numbers.letter() + numbers.digits("##.#");
            case "color" -> one(List.of("Red", "Olive", "Amber", "Blue", "Rose", "Green", "Grey"));
            case "product" ->
                one(List.of("Oak", "Steel", "Mini", "Garden", "Classic", "Travel")) + " "
                        + one(List.of("Table", "Mug", "Lamp", "Chair", "Kit", "Bag", "Bottle")) + " "
                        + random.nextInt(90);
            case "department" -> one(List.of("Sales", "Finance", "Human Resources", "Logistics", "IT", "Legal"));
            case "industry" -> one(List.of("Retail", "Energy", "Media", "Health"));
            case "permission" -> one(List.of("user.read", "order.write", "report.export", "login", "invoice.paid"));
            case "title" ->
                one(List.of("Introduction to", "Quarterly", "Spring", "Advanced", "Summer")) + " "
                        + one(List.of("Report", "Chemistry", "Campaign", "Meeting", "Offer", "History"));
            case "word" -> one(List.of("alpha", "vegan", "none", "metal", "basic", "ups", "peanuts", "linux"));
            case "slug" ->
                one(List.of("new-checkout", "dark-mode", "acme", "north", "beta-search")) + random.nextInt(40);
            case "sku" ->
                numbers.letter() + numbers.letter() + "-" + numbers.digits("####") + "-" + numbers.digits("##");
            case "ean" -> numbers.digits("40############").substring(0, 13);
            case "isbn" -> "978-3-" + numbers.digits("##-######-#");
            case "ordernumber" -> "2024-" + numbers.digits("000###");
            case "tracking" -> "1Z" + numbers.digits("##########");
            case "monthyear" -> numbers.digits("0") + (1 + random.nextInt(9)) + "/2" + random.nextInt(9);
            case "flight" -> numbers.letter() + numbers.letter() + numbers.digits("###");
            case "airport" -> one(List.of("FRA", "LHR", "CDG", "HEL", "MAD"));
            case "host" -> "web-" + numbers.digits("##") + ".internal";
            case "version" -> random.nextInt(5) + "." + random.nextInt(20) + "." + random.nextInt(9);
            case "mime" -> one(List.of("text/html", "image/png", "application/pdf"));
            case "vat" -> "DE" + numbers.digits("#########");
            case "url" -> "https://www.example.com/" + numbers.text(8);
            case "blurb" ->
                one(List.of(
                        "A sturdy item for every day.",
                        "Made of recycled steel, easy to clean.",
                        "Our classic, now in three sizes and many colours."));
            case "sentence" ->
                one(List.of(
                                "please leave it with the neighbour",
                                "called twice, no answer",
                                "gift wrap",
                                "invoice by post",
                                "paid in cash at the desk"))
                        + " " + random.nextInt(500);
            case "longtext" ->
                "I have tried the new version and it works better than the one before, see number "
                        + random.nextInt(9000);
            case "personaltext" ->
                random.nextInt(3) == 0
                        ? "Spoke with " + person() + " on the phone, will write to " + email() + " tomorrow"
                        : "Customer asked again about the delivery date, number " + random.nextInt(9000);
            case "json_user" ->
                "{\"email\": \"" + email() + "\", \"plan\": \"team\", \"visits\": " + random.nextInt(90) + "}";
            case "json_order" ->
                "{\"contact\": {\"phone\": \"" + numbers.digits(one(named("phones")))
                        + "\"}, \"items\": [{\"sku\": \"A-1\", \"pieces\": 2}]}";
            case "json_settings" -> "{\"theme\": \"dark\", \"pageSize\": " + random.nextInt(90) + ", \"beta\": true}";
            default -> throw new IllegalArgumentException("the corpus knows no values " + values);
        };
    }

    private String given() {
        return one(named("given"));
    }

    private String family() {
        return one(named("family"));
    }

    private String person() {
        return random.nextInt(5) == 0 ? family() + ", " + given() : given() + " " + family();
    }

    private String email() {
        return Words.plain(given()).replace(" ", "") + "."
                + Words.plain(family()).replaceAll("[^a-z]", "") + random.nextInt(90) + "@"
                + one(List.of("corp.example.com", "mail.example.org", "example.net"));
    }

    private String street() {
        String street = one(named("streets"));
        return language.equals("en") || language.equals("fr")
                ? random.nextInt(200) + 1 + " " + street
                : street + " " + (random.nextInt(200) + 1);
    }

    private List<String> named(String kind) {
        return List.of(NAMED.getProperty(kind + "." + language).split("\\|"));
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
