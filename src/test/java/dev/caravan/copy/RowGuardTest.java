package dev.caravan.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.caravan.plan.CopyFormat;
import dev.caravan.plan.Part;
import dev.caravan.schema.TableName;
import dev.caravan.tenant.TenantGuard;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RowGuardTest {
    private static final UUID CHOSEN = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    private static Part part(CopyFormat format, String... columns) {
        TableName table = new TableName("public", "t");
        return new Part(
                "job", 1, table, table, List.of(columns), format, Optional.empty(), Optional.empty(), false, false, 1);
    }

    private static TenantGuard guard(TenantGuard.Form form, boolean nobody, String... values) {
        return new TenantGuard(Map.of("tenant", form), List.of(values), nobody);
    }

    /** One row: a text, then the tenant, then an empty field. */
    private static byte[] row(byte[] tenant) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(3);
        out.writeInt(2);
        out.writeBytes("xy");
        out.writeInt(tenant == null ? -1 : tenant.length);
        if (tenant != null) {
            out.write(tenant);
        }
        out.writeInt(-1);
        return bytes.toByteArray();
    }

    private static byte[] rows(byte[]... tenants) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] tenant : tenants) {
            bytes.write(row(tenant));
        }
        return bytes.toByteArray();
    }

    private static int strangers(RowGuard guard, byte[] bytes, int rows) {
        return guard.strangers(bytes, bytes.length, rows);
    }

    @Test
    void numbersOfEveryWidthAreRead() throws IOException {
        RowGuard guard = new RowGuard(
                part(CopyFormat.BINARY, "a", "tenant", "b"), guard(TenantGuard.Form.NUMBER, false, "-3", "300"));
        byte[] bytes = rows(
                new byte[] {1, 44},
                new byte[] {0, 0, 1, 44},
                new byte[] {0, 0, 0, 0, 0, 0, 1, 44},
                new byte[] {-1, -3},
                new byte[] {0, 0, 1, 45},
                null);
        assertEquals(2, strangers(guard, bytes, 6));
        assertEquals(0, strangers(guard, rows(new byte[] {-1, -1, -1, -3}), 1));
    }

    @Test
    void aRowOfNobodyPassesOnlyWhereItMay() throws IOException {
        Part part = part(CopyFormat.BINARY, "a", "tenant", "b");
        assertEquals(
                1, strangers(new RowGuard(part, guard(TenantGuard.Form.NUMBER, false, "1")), rows((byte[]) null), 1));
        assertEquals(
                0, strangers(new RowGuard(part, guard(TenantGuard.Form.NUMBER, true, "1")), rows((byte[]) null), 1));
    }

    @Test
    void uuidsAndTextsAreRead() throws IOException {
        ByteArrayOutputStream uuid = new ByteArrayOutputStream();
        new DataOutputStream(uuid).writeLong(CHOSEN.getMostSignificantBits());
        new DataOutputStream(uuid).writeLong(CHOSEN.getLeastSignificantBits());
        Part part = part(CopyFormat.BINARY, "a", "tenant", "b");
        assertEquals(
                1,
                strangers(
                        new RowGuard(part, guard(TenantGuard.Form.UUID, false, CHOSEN.toString())),
                        rows(uuid.toByteArray(), new byte[16]),
                        2));
        byte[] texts = rows("Ä1".getBytes(StandardCharsets.UTF_8), "ä1".getBytes(StandardCharsets.UTF_8));
        assertEquals(1, strangers(new RowGuard(part, guard(TenantGuard.Form.TEXT, false, "Ä1")), texts, 2));
        assertEquals(0, strangers(new RowGuard(part, guard(TenantGuard.Form.TEXT_IN_ANY_CASE, false, "Ä1")), texts, 2));
        assertEquals(
                0,
                strangers(
                        new RowGuard(part, guard(TenantGuard.Form.PADDED_TEXT, false, "DE")),
                        rows("DE   ".getBytes(StandardCharsets.UTF_8)),
                        1));
    }

    @Test
    void rowsOfTextAreReadWithTheirEscapes() {
        RowGuard guard =
                new RowGuard(part(CopyFormat.TEXT, "a", "tenant"), guard(TenantGuard.Form.TEXT, true, "a\tb\\", "7"));
        byte[] bytes = "x\ta\\tb\\\\\n\\N\t7\ny\\\tz\t7\nq\t\\N\nq\t8\n".getBytes(StandardCharsets.UTF_8);
        assertEquals(1, strangers(guard, bytes, 5));
    }

    @Test
    void aDecimalInABinaryRowIsNotRead() {
        assertFalse(
                new RowGuard(part(CopyFormat.BINARY, "tenant"), guard(TenantGuard.Form.DECIMAL, false, "1")).reads());
    }
}
