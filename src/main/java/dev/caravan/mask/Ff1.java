package dev.caravan.mask;

import org.bouncycastle.crypto.fpe.FPEEngine;
import org.bouncycastle.crypto.fpe.FPEFF1Engine;
import org.bouncycastle.crypto.params.FPEParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * FF1 of NIST SP 800-38G: a cipher whose result has as many digits of the same radix. From 10^6 possible values on; smaller sets go
 * through a {@link Permutation}. FF3 is broken and not here. Not thread-safe.
 */
final class Ff1 {
    private static final long LEAST_VALUES = 1_000_000;

    private final KeyParameter key;
    private final KeyedHash hash;

    /** @param key 16, 24 or 32 bytes */
    Ff1(byte[] key) {
        this.key = new KeyParameter(key);
        this.hash = new KeyedHash(key);
    }

    byte[] encrypt(int radix, byte[] tweak, byte[] digits) {
        return process(true, radix, tweak, digits);
    }

    byte[] decrypt(int radix, byte[] tweak, byte[] digits) {
        return process(false, radix, tweak, digits);
    }

    /**
     * Other digits for every digits: those whose cipher follows theirs, so that none stays what it is.
     *
     * @param digits each from 0 to below the radix, at least one
     */
    byte[] other(int radix, byte[] tweak, byte[] digits) {
        long values = values(radix, digits.length);
        if (values < LEAST_VALUES) {
            return permuted(radix, tweak, digits, values);
        }
        byte[] enciphered = encrypt(radix, tweak, digits);
        for (int at = enciphered.length - 1; at >= 0; at--) {
            enciphered[at] = (byte) ((enciphered[at] + 1) % radix);
            if (enciphered[at] != 0) {
                break;
            }
        }
        return decrypt(radix, tweak, enciphered);
    }

    private byte[] permuted(int radix, byte[] tweak, byte[] digits, long values) {
        long number = 0;
        for (byte digit : digits) {
            number = number * radix + digit;
        }
        long other = new Permutation(hash, values - 1, hash.of(tweak, 0, tweak.length)).of(number);
        byte[] result = new byte[digits.length];
        for (int at = result.length - 1; at >= 0; at--) {
            result[at] = (byte) (other % radix);
            other /= radix;
        }
        return result;
    }

    private static long values(int radix, int length) {
        long values = 1;
        for (int i = 0; i < length && values < LEAST_VALUES; i++) {
            values *= radix;
        }
        return values;
    }

    private byte[] process(boolean forEncryption, int radix, byte[] tweak, byte[] digits) {
        FPEEngine engine = new FPEFF1Engine();
        engine.init(forEncryption, new FPEParameters(key, radix, tweak));
        byte[] result = new byte[digits.length];
        engine.processBlock(digits, 0, digits.length, result, 0);
        return result;
    }
}
