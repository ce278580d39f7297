package dev.caravan.detect;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Invents values as they stand in real tables, some odd ones among them. The names are not the detector's lists. */
final class CorpusValues {
    private static final Map<String, List<String>> GIVEN = Map.of(
            "en",
                    List.of(
                            "Olive", "Trevor", "Shanice", "Harriet", "Nigel", "Beth", "Callum", "Imogen", "Darren",
                            "Tamsin", "Rhys", "Kerry", "Leroy", "Dwayne", "Marcus", "Abigail", "Ethan", "Chloe",
                            "Grant", "Wendy", "Priya", "Omar"),
            "de",
                    List.of(
                            "Anneliese",
                            "Gerd",
                            "Jutta",
                            "Torsten",
                            "Svenja",
                            "Malte",
                            "Friederike",
                            "Holger",
                            "Gudrun",
                            "Lennart",
                            "Heinz",
                            "Rolf",
                            "Ayşe",
                            "Kerstin",
                            "Dirk",
                            "Marlene",
                            "Jens",
                            "Anja",
                            "Steffen",
                            "Silke"),
            "fr",
                    List.of(
                            "Gaëlle", "Thierry", "Maëlys", "Jérôme", "Solène", "Bruno", "Élodie", "Yannick", "Corinne",
                            "Loïc", "Fabien", "Anaïs", "Mickaël", "Odile", "Régis", "Chantal", "Damien", "Noémie",
                            "Karim", "Inès"),
            "es",
                    List.of(
                            "Íñigo",
                            "Consuelo",
                            "Javier",
                            "Lourdes",
                            "Ramón",
                            "Pilar",
                            "Nerea",
                            "Álvaro",
                            "Montserrat",
                            "Emilio",
                            "Yolanda",
                            "Gonzalo",
                            "Inmaculada",
                            "Hugo",
                            "Noelia",
                            "Felipe",
                            "Encarnación",
                            "Jordi",
                            "Ainhoa",
                            "Marta"),
            "it",
                    List.of(
                            "Gianluca",
                            "Ornella",
                            "Fabrizio",
                            "Mirella",
                            "Enzo",
                            "Daniela",
                            "Ilaria",
                            "Massimo",
                            "Graziella",
                            "Nicola",
                            "Beatrice",
                            "Tommaso",
                            "Patrizia",
                            "Gennaro",
                            "Serena",
                            "Ivana",
                            "Edoardo",
                            "Cinzia",
                            "Dario",
                            "Noemi"),
            "fi",
                    List.of(
                            "Pirkko", "Veikko", "Riitta", "Jorma", "Kaisa", "Topi", "Merja", "Seppo", "Ilona", "Niko",
                            "Raija", "Teemu", "Outi", "Pauli", "Jenni", "Esa", "Katja", "Arto", "Lotta", "Mika"));
    private static final Map<String, List<String>> FAMILY = Map.of(
            "en",
                    List.of(
                            "Hargreaves",
                            "Okafor",
                            "Whitfield",
                            "Bradley",
                            "Simmons",
                            "Fletcher",
                            "Nwosu",
                            "Pritchard",
                            "Gallagher",
                            "Barlow",
                            "Osborne",
                            "Chandler",
                            "Doyle",
                            "McKenzie",
                            "Ellis",
                            "Stone",
                            "Hobbs",
                            "Patel",
                            "Gibson",
                            "Marsh"),
            "de",
                    List.of(
                            "Hinrichs",
                            "Oberhuber",
                            "Yıldız",
                            "Kowalke",
                            "Petersen",
                            "Lindner",
                            "Brandl",
                            "Thiel",
                            "Hübner",
                            "Schütte",
                            "Ackermann",
                            "Rupp",
                            "Weiß",
                            "Förster",
                            "Jahn",
                            "Ebert",
                            "Kunz",
                            "Bachmann",
                            "Sturm",
                            "Ritter"),
            "fr",
                    List.of(
                            "Lefèvre",
                            "Bouchard",
                            "Delacroix",
                            "Benali",
                            "Charpentier",
                            "Rivière",
                            "Guillot",
                            "Marchal",
                            "Pasquier",
                            "Deschamps",
                            "Collet",
                            "Aubert",
                            "Vasseur",
                            "Perrot",
                            "Tessier",
                            "Hamel",
                            "Leclerc",
                            "Diallo",
                            "Bailly",
                            "Humbert"),
            "es",
                    List.of(
                            "Echeverría",
                            "Santiago",
                            "Peña",
                            "Bermúdez",
                            "Montero",
                            "Soler",
                            "Aranda",
                            "Pastor",
                            "Quintero",
                            "Ibáñez",
                            "Rivas",
                            "Ferrer",
                            "Lara",
                            "Esteban",
                            "Mora",
                            "Crespo",
                            "Salazar",
                            "Bravo",
                            "Sierra",
                            "Parra"),
            "it",
                    List.of(
                            "Bellini",
                            "D'Angelo",
                            "Zanetti",
                            "Guerra",
                            "Ferretti",
                            "Basile",
                            "Orlando",
                            "Benedetti",
                            "Sorrentino",
                            "Piras",
                            "Riva",
                            "Donati",
                            "Carbone",
                            "Neri",
                            "Battaglia",
                            "Pagano",
                            "Fiore",
                            "Melis",
                            "De Rosa",
                            "Milani"),
            "fi",
                    List.of(
                            "Hakala",
                            "Rautio",
                            "Peltonen",
                            "Väänänen",
                            "Lappalainen",
                            "Kauppinen",
                            "Ojanen",
                            "Sallinen",
                            "Toivonen",
                            "Räsänen",
                            "Nurmi",
                            "Kokkonen",
                            "Lindström",
                            "Aalto",
                            "Heino",
                            "Korpela",
                            "Vainio",
                            "Hirvonen",
                            "Pesonen",
                            "Kivelä"));
    private static final Map<String, List<String>> STREETS = Map.of(
            "en",
                    List.of(
                            "Acacia Avenue",
                            "High Street",
                            "Mill Lane",
                            "Station Road",
                            "Elm Drive",
                            "Oak Court",
                            "Park Road",
                            "The Crescent",
                            "Broadway"),
            "de",
                    List.of(
                            "Lindenstraße",
                            "Bahnhofstr.",
                            "Am Kirchplatz",
                            "Goethestrasse",
                            "Waldweg",
                            "Hauptstraße",
                            "Rosengasse",
                            "Berliner Allee"),
            "fr",
                    List.of(
                            "rue de la Paix",
                            "avenue Foch",
                            "chemin des Lilas",
                            "boulevard Voltaire",
                            "impasse du Moulin",
                            "place de l'Église"),
            "es",
                    List.of(
                            "Calle Mayor",
                            "Avda. de la Constitución",
                            "Plaza España",
                            "C/ Alcalá",
                            "Paseo del Prado",
                            "Calle Real"),
            "it",
                    List.of(
                            "Via Garibaldi",
                            "Viale Europa",
                            "Piazza Dante",
                            "Corso Italia",
                            "Via dei Mille",
                            "Vicolo Corto"),
            "fi", List.of("Mannerheimintie", "Kauppakatu", "Rantatie", "Koulukuja", "Hämeenkatu", "Puistopolku"));
    private static final Map<String, List<String>> CITIES = Map.of(
            "en",
                    List.of(
                            "Leeds",
                            "Norwich",
                            "Boston",
                            "Springfield",
                            "Bath",
                            "York",
                            "Cardiff",
                            "Austin",
                            "Denver",
                            "Luton"),
            "de", List.of("Hamburg", "Celle", "Ulm", "Dresden", "Köln", "Fürth", "Husum", "Graz", "Bern", "Jena"),
            "fr", List.of("Lyon", "Nantes", "Colmar", "Brest", "Metz", "Paris", "Albi", "Rennes", "Pau", "Nice"),
            "es",
                    List.of(
                            "Sevilla", "Cuenca", "Bilbao", "Vigo", "Toledo", "Lugo", "Madrid", "Málaga", "Soria",
                            "Cádiz"),
            "it", List.of("Roma", "Lecce", "Bari", "Siena", "Torino", "Lodi", "Parma", "Pisa", "Genova", "Asti"),
            "fi",
                    List.of(
                            "Helsinki",
                            "Kajaani",
                            "Turku",
                            "Oulu",
                            "Imatra",
                            "Espoo",
                            "Lahti",
                            "Kotka",
                            "Pori",
                            "Rauma"));
    private static final Map<String, List<String>> PHONES = Map.of(
            "en", List.of("+44 7700 9#####", "(555) 01#-####", "555-01#-####", "+1 202-555-01##", "020 7946 0###"),
            "de", List.of("+49 30 23125###", "0151 23456###", "030/4567###", "0049 40 66969###", "0171-234####"),
            "fr", List.of("+33 1 99 00 ## ##", "06 39 98 ## ##", "01.99.00.##.##", "0639980###"),
            "es", List.of("+34 6## ### ###", "6########", "912 34 5# ##", "91 234 56 ##"),
            "it", List.of("+39 06 555 0###", "347 55# ####", "02 555 0####", "+39 3475550###"),
            "fi", List.of("+358 40 123 4###", "040 1234###", "09 4567 ###", "0501234###"));

    private final Random random;
    private final String language;
    private int next;

    CorpusValues(long seed, String language) {
        this.random = new Random(seed);
        this.language = GIVEN.containsKey(language)
                ? language
                : Map.of("nl", "de", "sv", "fi", "pl", "en", "pt", "es").get(language);
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
            case "phone" -> digits(one(PHONES.get(language)));
            case "street" -> street();
            case "fulladdress" -> street() + ", " + digits("#####") + " " + one(CITIES.get(language));
            case "apartment" ->
                one(List.of("Apt 4", "2nd floor", "c/o " + person(), "Flat " + random.nextInt(30), "EG links"));
            case "city" -> one(CITIES.get(language));
            case "postcode" ->
                language.equals("en")
                        ? one(List.of("SW1A 1AA", "M1 4BT", "90210", "10001", "CF10 3AT", "02134"))
                        : digits("#####");
            case "iban" -> iban();
            case "card" -> card();
            case "ssn" -> digits("2##-3#-4###");
            case "nino" -> "AB" + digits("######") + "C";
            case "dni" -> dni();
            case "cf" -> cf();
            case "hetu" -> hetu();
            case "personnummer" ->
                luhnEnd(digits("8") + random.nextInt(10) + "0" + (1 + random.nextInt(9)) + "1" + random.nextInt(10)
                        + "-" + digits("###"));
            case "bsn" -> bsn();
            case "pesel" -> pesel();
            case "steuerid", "digits10" -> digits("1#########");
            case "svnr" -> digits("12######") + "M" + digits("###");
            case "kvnr" -> "A" + digits("#########");
            case "nir" -> nir();
            case "cpf" -> digits("###.###.###-##");
            case "digits3" -> String.valueOf(1 + random.nextInt(250));
            case "digits4" -> digits("####");
            case "digits8" -> digits("########");
            case "digits12" -> digits("############");
            case "digits15" -> digits("35#############");
            case "sortcode" -> digits("20-##-##");
            case "bic" -> one(List.of("DEUTDEFF", "BNPAFRPP", "CAIXESBB", "UNCRITMM", "NDEAFIHH", "BARCGB22"));
            case "plate" ->
                digits(one(List.of("AB-CD ###", "M-XY ###", "ABC-###", "BD51 SMR", "AA-###-BB", "####-KLM")));
            case "vin" -> "WVWZZZ1JZXW" + digits("######");
            case "passport" -> "C" + letter() + letter() + digits("######");
            case "ip" ->
                random.nextInt(6) == 0
                        ? "2001:db8::" + Integer.toHexString(random.nextInt(65000))
                        : digits("10.2") + random.nextInt(10) + "." + random.nextInt(255) + "." + random.nextInt(255);
            case "mac" ->
                String.format(
                        "00:1a:%02x:%02x:%02x:%02x",
                        random.nextInt(256), random.nextInt(256), random.nextInt(256), random.nextInt(256));
            case "agent" ->
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/12" + random.nextInt(9)
                        + ".0.0.0 Safari/537.36";
            case "bcrypt" -> "$2a$10$" + text(53);
            case "token" -> text(40);
            case "sha" -> hex(64);
            case "pem" -> "-----BEGIN OPENSSH PRIVATE KEY-----\n" + text(60);
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
            case "code" -> letter() + letter() + digits("##");
            case "icd" -> letter() + digits("##.#");
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
            case "sku" -> letter() + letter() + "-" + digits("####") + "-" + digits("##");
            case "ean" -> digits("40############").substring(0, 13);
            case "isbn" -> "978-3-" + digits("##-######-#");
            case "ordernumber" -> "2024-" + digits("000###");
            case "tracking" -> "1Z" + digits("##########");
            case "monthyear" -> digits("0") + (1 + random.nextInt(9)) + "/2" + random.nextInt(9);
            case "flight" -> letter() + letter() + digits("###");
            case "airport" -> one(List.of("FRA", "LHR", "CDG", "HEL", "MAD"));
            case "host" -> "web-" + digits("##") + ".internal";
            case "version" -> random.nextInt(5) + "." + random.nextInt(20) + "." + random.nextInt(9);
            case "mime" -> one(List.of("text/html", "image/png", "application/pdf"));
            case "vat" -> "DE" + digits("#########");
            case "url" -> "https://www.example.com/" + text(8);
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
                "{\"contact\": {\"phone\": \"" + digits(one(PHONES.get(language)))
                        + "\"}, \"items\": [{\"sku\": \"A-1\", \"pieces\": 2}]}";
            case "json_settings" -> "{\"theme\": \"dark\", \"pageSize\": " + random.nextInt(90) + ", \"beta\": true}";
            default -> throw new IllegalArgumentException("the corpus knows no values " + values);
        };
    }

    private String given() {
        return one(GIVEN.get(language));
    }

    private String family() {
        return one(FAMILY.get(language));
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
        String street = one(STREETS.get(language));
        return language.equals("en") || language.equals("fr")
                ? random.nextInt(200) + 1 + " " + street
                : street + " " + (random.nextInt(200) + 1);
    }

    private String iban() {
        String account = digits("##################");
        java.math.BigInteger number = new java.math.BigInteger(account + "131400");
        int check = 98 - number.mod(java.math.BigInteger.valueOf(97)).intValue();
        return "DE" + String.format("%02d", check) + account;
    }

    private String card() {
        return luhnEnd("4" + digits("##############"));
    }

    private static String luhnEnd(String start) {
        String digits = start.replaceAll("\\D", "");
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int weighted = (digits.charAt(digits.length() - 1 - i) - '0') * (i % 2 == 0 ? 2 : 1);
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return start + (10 - sum % 10) % 10;
    }

    private String dni() {
        String number = digits("4#######");
        return number + "TRWAGMYFPDXBNJZSQVHLCKE".charAt(Integer.parseInt(number) % 23);
    }

    private String hetu() {
        String day = "0" + (1 + random.nextInt(9)) + "0" + (1 + random.nextInt(9)) + digits("7#");
        String number = digits("###");
        return day + "-" + number + "0123456789ABCDEFHJKLMNPRSTUVWXY".charAt((int) (Long.parseLong(day + number) % 31));
    }

    private String cf() {
        int[] odd = {1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
        String code = "RSS" + "MR" + letter() + digits("7#") + "A" + digits("1#") + "H" + digits("5##");
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            char c = code.charAt(i);
            int value = c <= '9' ? c - '0' : c - 'A';
            sum += i % 2 == 0 ? odd[value] : value;
        }
        return code + (char) ('A' + sum % 26);
    }

    private String nir() {
        String number = "1" + digits("8") + random.nextInt(10) + "05" + digits("75") + digits("######");
        return number + String.format("%02d", 97 - Long.parseLong(number) % 97);
    }

    private String bsn() {
        while (true) {
            String digits = digits("1########");
            int sum = -(digits.charAt(8) - '0');
            for (int i = 0; i < 8; i++) {
                sum += (digits.charAt(i) - '0') * (9 - i);
            }
            if (sum % 11 == 0) {
                return digits;
            }
        }
    }

    private String pesel() {
        String start = digits("7#") + "0" + (1 + random.nextInt(9)) + "1" + random.nextInt(10) + digits("####");
        int[] weights = {1, 3, 7, 9, 1, 3, 7, 9, 1, 3};
        int sum = 0;
        for (int i = 0; i < 10; i++) {
            sum += (start.charAt(i) - '0') * weights[i];
        }
        return start + (10 - sum % 10) % 10;
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String letter() {
        return String.valueOf((char) ('A' + random.nextInt(26)));
    }

    private String digits(String pattern) {
        StringBuilder text = new StringBuilder();
        pattern.chars().forEach(c -> text.append(c == '#' ? (char) ('0' + random.nextInt(10)) : (char) c));
        return text.toString();
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".charAt(random.nextInt(62)));
        }
        return text.toString();
    }

    private String hex(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(Character.forDigit(random.nextInt(16), 16));
        }
        return text.toString();
    }
}
