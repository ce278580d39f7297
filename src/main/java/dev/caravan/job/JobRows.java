package dev.caravan.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** How the store's rows and our records become each other. */
final class JobRows {
    /** The columns of {@link #job}, for SELECT and RETURNING. */
    static final String JOB =
            "id, state, request, attempt, created_at, started_at, finished_at, progress, error, version, schedule,"
                    + " created_by";

    /** Keys in order, so that equal requests are equal texts whatever order a map has. */
    private static final ObjectWriter CANONICAL =
            Json.MAPPER.writer().with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    /** A field that a later release wrote and this one does not know is passed over. */
    private static final ObjectReader LENIENT =
            Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private JobRows() {}

    static CopyJob job(ResultSet row) throws SQLException {
        String error = row.getString("error");
        return new CopyJob(
                row.getString("id"),
                JobState.valueOf(row.getString("state")),
                read(row.getString("request"), CopyRequest.class),
                row.getInt("attempt"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                instant(row, "started_at"),
                instant(row, "finished_at"),
                read(row.getString("progress"), Progress.class),
                error == null ? Optional.empty() : Optional.of(read(error, Problem.class)),
                row.getLong("version"),
                Optional.ofNullable(row.getString("schedule")),
                Optional.ofNullable(row.getString("created_by")));
    }

    static JobEvent event(ResultSet row) throws SQLException {
        return new JobEvent(
                row.getLong("sequence"),
                Instant.ofEpochMilli(row.getLong("happened_at")),
                JobEvent.Type.valueOf(row.getString("type")),
                row.getString("message"));
    }

    static TableProgress table(ResultSet row) throws SQLException {
        return read(row.getString("progress"), TableProgress.class);
    }

    static String json(Object record) {
        try {
            return CANONICAL.writeValueAsString(record);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "a " + record.getClass().getSimpleName() + " cannot be written as JSON", withoutText(e));
        }
    }

    static <T> T read(String json, Class<T> type) {
        try {
            return LENIENT.forType(type).readValue(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored " + type.getSimpleName() + " cannot be read", withoutText(e));
        }
    }

    /** SHA-256 of the request's JSON, in hexadecimal. */
    static String hash(String requestJson) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(requestJson.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Jackson's messages quote the text they stumble over. */
    private static JsonProcessingException withoutText(JsonProcessingException e) {
        e.clearLocation();
        return e;
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
