package dev.caravan.mask;

import dev.caravan.schema.Column;
import dev.caravan.schema.TableName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Proposes a policy for columns that nothing decides on, from their names and types: a beginning to be read, never applied unread. */
public final class PolicyProposal {
    /** A column on which nothing decides. */
    public record Undecided(TableName table, Column column) {}

    private record Guess(Pattern name, String masker) {
        static Guess of(String words, String masker) {
            return new Guess(Pattern.compile("(^|.*_)(" + words + ")(_.*|$)"), masker);
        }
    }

    /** In English, German, French, Spanish, Italian and Finnish; the first that fits and that there is counts. */
    private static final List<Guess> TEXTS = List.of(
            Guess.of(
                    "password|passwd|passwort|kennwort|pwd|token|secret|geheimnis|salasana|contrasena|api_?key",
                    "password"),
            Guess.of("e?_?mail|email_?address|correo|courriel|sahkoposti", "email"),
            Guess.of("phone|mobile|telefon|telephone|telefono|handy|fax|puhelin|movil|cellulare", "phone"),
            Guess.of("iban", "iban"),
            Guess.of("card_?number|credit_?card|kreditkarte|tarjeta|carte", "card"),
            Guess.of("first_?name|given_?name|vorname|prenom|nombre|nome|etunimi", "first-name"),
            Guess.of("last_?name|surname|family_?name|nachname|nom|apellidos?|cognome|sukunimi", "last-name"),
            Guess.of("full_?name|customer_?name|contact_?name|ansprechpartner|kontakt", "full-name"),
            Guess.of("postcode|zip|zip_?code|postal_?code|plz|code_?postal|cap|postinumero", "postcode"),
            Guess.of("street|strasse|rue|calle|via|katu|address|adresse|direccion|indirizzo|osoite", "street"),
            Guess.of("city|town|stadt|ort|ville|ciudad|citta|kaupunki", "city"),
            Guess.of("url|website|homepage", "url"));

    private static final Pattern BIRTH = Pattern.compile(".*(birth|dob|geburt|naissance|nacimiento|nascita|syntyma).*");
    private static final Pattern ROUTINE = Pattern.compile(
            "(^|.*_)(id|at|created|updated|deleted|status|state|type|kind|amount|price|total|quantity|count|currency|version|betrag|preis)$");

    private PolicyProposal() {}

    /** A policy file with one entry for each column, as it can be put in place after reading. */
    public static String yaml(List<Undecided> undecided, Maskers maskers) {
        StringBuilder yaml = new StringBuilder("policies:\n  default:\n    columns:\n");
        for (Undecided it : undecided) {
            String key = it.table() + "." + quoted(it.column().name());
            yaml.append("      '").append(key.replace("'", "''")).append("': ");
            yaml.append(of(it.column(), maskers)).append('\n');
        }
        return yaml.toString();
    }

    /** What a policy file could say of the column, from its name and type alone. */
    public static String of(Column column, Maskers maskers) {
        String name = column.name().replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
        ValueKind kind = ValueKind.of(column.type());
        boolean personal = BIRTH.matcher(name).matches()
                || TEXTS.stream().anyMatch(guess -> guess.name().matcher(name).matches());
        return switch (kind) {
            case TEXT ->
                TEXTS.stream()
                        .filter(guess -> guess.name().matcher(name).matches())
                        .map(Guess::masker)
                        .filter(masker -> maskers.find(masker).isPresent())
                        .findFirst()
                        .orElseGet(() -> !personal && ROUTINE.matcher(name).matches()
                                ? keep("code or state")
                                : hidden(column, maskers));
            case BOOLEAN, ENUM -> keep("says nothing about a person");
            case INTEGER, DECIMAL, FLOAT, UUID, TIMESTAMP ->
                !personal && ROUTINE.matcher(name).matches() ? keep("key, time or amount") : hidden(column, maskers);
            default -> hidden(column, maskers);
        };
    }

    private static String keep(String reason) {
        return "{mask: keep, reason: \"" + reason + ", please confirm\"}";
    }

    /** Something that shows nothing of the value; where there is no such thing the column still asks for a decision. */
    private static String hidden(Column column, Maskers maskers) {
        ValueKind kind = ValueKind.of(column.type());
        Optional<String> masker = List.of("token", "date-shift", "number-noise", "inet", "uuid").stream()
                .filter(name -> maskers.find(name)
                        .filter(it -> it.accepts().contains(kind)
                                && it.parameters().stream().noneMatch(Parameter::required))
                        .isPresent())
                .findFirst();
        return masker.orElse(column.notNull() ? "decide" : "\"null\"");
    }

    private static String quoted(String name) {
        return name.matches("[a-z_][a-z0-9_$]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
