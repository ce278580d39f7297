package dev.caravan.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The store in a file, and what only a file has: one process. */
final class JobStoreSqliteIT extends JobStoreScenarios implements StoreKind.Sqlite {
    @Test
    void aSecondProcessIsRefusedUntilTheFirstCloses() throws Exception {
        assertEquals("CONFIGURATION", openedElsewhere());
        // An attempt in this process must not loosen its own hold.
        assertTrue(refused(place.url(), "", "").getMessage().contains("in use"));
        assertEquals("CONFIGURATION", openedElsewhere());
        opened.close();
        assertEquals("opened", openedElsewhere());
    }

    private String openedElsewhere() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OpensStore.class.getName(),
                        place.url())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.lines().reduce((first, last) -> last).orElse("");
    }

    @Test
    void aSymbolicLinkToTheFileIsTheSameFile() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link.db"), directory.resolve("caravan.db"));
        assertTrue(refused("jdbc:sqlite:" + link, "", "").getMessage().contains("in use"));
    }

    @Test
    void everyRunningJobIsAbandonedAtOpenWhateverItsNode() {
        created("a");
        String id = store.claim().orElseThrow().id();
        reopen("another-node", 100);
        assertEquals(List.of(id), store.abandoned().stream().map(CopyJob::id).toList());
    }

    @Test
    void aFileThatCannotBeOneIsRefusedAndLetGo() throws IOException {
        Path text = Files.writeString(directory.resolve("notes.txt"), "no database at all, but long enough to be read");
        assertTrue(refused("jdbc:sqlite:" + text, "", "").getMessage().contains("SQLITE_NOTADB"));
        // Not held any more: the same error, not "in use".
        assertTrue(refused("jdbc:sqlite:" + text, "", "").getMessage().contains("SQLITE_NOTADB"));
        refused("jdbc:sqlite:" + directory, "", "");
        refused("jdbc:sqlite:" + directory.resolve("no/such/directory.db"), "", "");
        refused("jdbc:sqlite::memory:", "", "");
        refused("jdbc:mysql://localhost/x?password=s3cret", "", "");
    }

    @Test
    void aNewerSchemaIsRefused() throws Exception {
        sql("INSERT INTO caravan_schema_history SELECT 99, '99', 'later', type, 'V99__later.sql', checksum,"
                + " installed_by, installed_on, execution_time, success FROM caravan_schema_history"
                + " WHERE version = '1'");
        opened.close();
        assertTrue(refused(place.url(), "", "").getMessage().contains("newer"));
    }
}
