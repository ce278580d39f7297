package dev.caravan.detect;

import java.math.BigInteger;
import java.util.Random;

/** Invents numbers whose check digits are right, and other runs of digits and letters. */
final class CorpusNumbers {
    private final Random random;

    CorpusNumbers(Random random) {
        this.random = random;
    }

    String iban() {
        String account = digits("##################");
        BigInteger number = new BigInteger(account + "131400");
        int check = 98 - number.mod(BigInteger.valueOf(97)).intValue();
        return "DE" + String.format("%02d", check) + account;
    }

    String card() {
        return luhnEnd("4" + digits("##############"));
    }

    static String luhnEnd(String start) {
        String digits = start.replaceAll("\\D", "");
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int weighted = (digits.charAt(digits.length() - 1 - i) - '0') * (i % 2 == 0 ? 2 : 1);
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return start + (10 - sum % 10) % 10;
    }

    String dni() {
        String number = digits("4#######");
        return number + "TRWAGMYFPDXBNJZSQVHLCKE".charAt(Integer.parseInt(number) % 23);
    }

    String hetu() {
        String day = "0" + (1 + random.nextInt(9)) + "0" + (1 + random.nextInt(9)) + digits("7#");
        String number = digits("###");
        return day + "-" + number + "0123456789ABCDEFHJKLMNPRSTUVWXY".charAt((int) (Long.parseLong(day + number) % 31));
    }

    String cf() {
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

    String nir() {
        String number = "1" + digits("8") + random.nextInt(10) + "05" + digits("75") + digits("######");
        return number + String.format("%02d", 97 - Long.parseLong(number) % 97);
    }

    String bsn() {
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

    String pesel() {
        String start = digits("7#") + "0" + (1 + random.nextInt(9)) + "1" + random.nextInt(10) + digits("####");
        int[] weights = {1, 3, 7, 9, 1, 3, 7, 9, 1, 3};
        int sum = 0;
        for (int i = 0; i < 10; i++) {
            sum += (start.charAt(i) - '0') * weights[i];
        }
        return start + (10 - sum % 10) % 10;
    }

    String letter() {
        return String.valueOf((char) ('A' + random.nextInt(26)));
    }

    String digits(String pattern) {
        StringBuilder text = new StringBuilder();
        pattern.chars().forEach(c -> text.append(c == '#' ? (char) ('0' + random.nextInt(10)) : (char) c));
        return text.toString();
    }

    String text(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".charAt(random.nextInt(62)));
        }
        return text.toString();
    }

    String hex(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(Character.forDigit(random.nextInt(16), 16));
        }
        return text.toString();
    }
}
