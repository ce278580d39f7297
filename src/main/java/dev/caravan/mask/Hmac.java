package dev.caravan.mask;

import javax.crypto.Mac;

/** HMAC-SHA256 under one derived key. Not thread-safe. */
public final class Hmac {
    private final Mac mac;

    Hmac(byte[] key) {
        mac = MaskKey.mac(key);
    }

    /** 32 bytes that depend on the value as its type's equality sees it. */
    public byte[] of(Value value) {
        return mac.doFinal(value.canonical());
    }
}
