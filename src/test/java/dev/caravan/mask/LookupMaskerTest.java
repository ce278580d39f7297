package dev.caravan.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookupMaskerTest {
    @TempDir
    private Path parent;

    private LookupMasker masker;

    @BeforeEach
    void directory() throws IOException {
        masker = new LookupMasker(Files.createDirectory(parent.resolve("lookups")));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(parent.resolve(name), text);
    }

    private ValueMask mask(String file, String column) {
        return NumberMasking.mask(masker, Map.of("file", file, "column", column), ValueKind.TEXT);
    }

    @Test
    void everyValueOfTheColumnIsChosenAndNothingElse() throws IOException {
        write("lookups/parts.csv", "\uFEFFname,size\r\nbolt,1\r\n\"nut, small\",2\r\n,3\r\nbolt,4\r\nsch\u00e4kel\r\n");
        ValueMask mask = mask("parts.csv", "name");
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            String masked = NumberMasking.text(mask, "part " + i);
            assertEquals(masked, NumberMasking.text(mask("parts.csv", "name"), "part " + i));
            seen.add(masked);
        }
        assertEquals(Set.of("bolt", "nut, small", "sch\u00e4kel"), seen);
    }

    @Test
    void aValueThatTheFileKnowsBecomesWhatStandsBesideIt() throws IOException {
        write("lookups/parts.csv", "old,new\nM6,bolt\nM8,nut\n,pin\nM9,\n");
        ValueMask mask =
                NumberMasking.mask(masker, Map.of("file", "parts.csv", "column", "new", "key", "old"), ValueKind.TEXT);
        assertEquals("bolt", NumberMasking.text(mask, "M6"));
        assertEquals("nut", NumberMasking.text(mask, "M8"));
        assertTrue(Set.of("bolt", "nut", "pin").contains(NumberMasking.text(mask, "M9")), "an unknown one is chosen");
        assertThrows(
                MaskRefused.class,
                () -> NumberMasking.mask(
                        masker, Map.of("file", "parts.csv", "column", "new", "key", "none"), ValueKind.TEXT));
    }

    @Test
    void noFileOutsideTheDirectoryIsRead() throws IOException {
        write("outside.csv", "name\nsecret\n");
        String absolute = parent.resolve("outside.csv").toString();
        for (String file : new String[] {"../outside.csv", absolute, "..", ".", "", ".hidden", "a/../../outside.csv"}) {
            assertThrows(MaskRefused.class, () -> mask(file, "name"), file);
        }
    }

    @Test
    void whatCannotBeUsedIsRefusedWithoutQuotingTheFile() throws IOException {
        write("lookups/empty.csv", "");
        write("lookups/blank.csv", "name\n\n \n");
        write("lookups/twice.csv", "secret,secret\n1,2\n");
        write("lookups/open.csv", "name\n\"secret\n");
        Files.write(parent.resolve("lookups/latin.csv"), "name\nsecret\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        for (String file : new String[] {"missing", "empty", "blank", "twice", "open", "latin"}) {
            MaskRefused refused = assertThrows(MaskRefused.class, () -> mask(file + ".csv", "name"), file);
            assertFalse(refused.getMessage().contains("secret"), file);
        }
        write("lookups/good.csv", "name\nlonger\n");
        assertThrows(MaskRefused.class, () -> mask("good.csv", "other"));
        Settings settings = NumberMasking.settings(masker, Map.of("file", "good.csv", "column", "name"));
        assertThrows(MaskRefused.class, () -> masker.prepare(settings, TextColumn.of(5)));
    }
}
