package dev.caravan.detect;

import java.util.regex.Pattern;

/** Recognises hashes of passwords, keys and tokens: by their form, or as mere chance. Pure. */
final class Secrets {
    private static final Pattern HASH = Pattern.compile(
            "\\$(2[aby]|1|5|6|argon2id?|argon2i|scrypt|pbkdf2[-a-z0-9]*|y)\\$.+|pbkdf2_sha\\d+\\$.+|\\{(SSHA|SHA|BCRYPT)\\}.+");
    private static final Pattern KEY = Pattern.compile(
            "(sk|pk|rk)_(live|test)_\\w+|gh[pousr]_\\w{30,}|github_pat_\\w+|AKIA[0-9A-Z]{16}|xox[abprs]-[\\w-]+|AIza[\\w-]{35}|SG\\.[\\w-]+\\.[\\w-]+"
                    + "|eyJ[\\w-]{8,}\\.[\\w-]+\\.[\\w-]*|-----BEGIN [A-Z ]*(PRIVATE KEY|CERTIFICATE)-----.*|ssh-(rsa|ed25519) \\S+.*|glpat-[\\w-]+|whsec_\\w+",
            Pattern.DOTALL);

    private Secrets() {}

    /** Whether it has the form of what is never anything else. */
    static boolean likely(String value) {
        return value.length() >= 12
                && (HASH.matcher(value).matches() || KEY.matcher(value).matches());
    }

    /** Whether it looks as random as a token: long, without blanks, letters and digits mixed. */
    static boolean random(String value) {
        if (value.length() < 20
                || value.length() > 4_000
                || value.indexOf(' ') >= 0
                || ValueForms.UUID.matcher(value).matches()) {
            return false;
        }
        int digits = ValueForms.digits(value);
        long letters = value.chars().filter(Character::isLetter).count();
        return digits >= 2 && letters >= 2 && bits(value) >= 3.0 && value.indexOf('/') < 0 && value.indexOf('.') < 0;
    }

    /** Shannon's entropy of its characters. */
    private static double bits(String value) {
        int[] counts = new int[128];
        value.chars().forEach(c -> counts[c & 127]++);
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / value.length();
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }
}
