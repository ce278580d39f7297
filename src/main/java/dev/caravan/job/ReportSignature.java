package dev.caravan.job;

/**
 * Shows that a report is as it was when its job ended.
 *
 * @param algorithm {@code HMAC-SHA256}
 * @param keyId eight hexadecimal digits that tell keys apart and say nothing about them
 * @param value the code of the report without this, in canonical form, in hexadecimal
 */
public record ReportSignature(String algorithm, String keyId, String value) {}
