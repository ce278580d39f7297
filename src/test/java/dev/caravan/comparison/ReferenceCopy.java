package dev.caravan.comparison;

import dev.caravan.servers.ClientPrograms;
import dev.caravan.servers.TestDatabase;
import dev.caravan.servers.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Copies a database by pg_dump and pg_restore, against which every other copy is measured. */
public final class ReferenceCopy {
    private ReferenceCopy() {}

    /**
     * The copy, which the caller closes. Roles must exist on the target. What pg_restore cannot restore is missing in the copy, and for
     * the comparison to find.
     */
    public static TestDatabase of(TestDatabase source, TestServer targetServer) {
        TestDatabase target = targetServer.createDatabase("reference");
        try {
            Path archive = Files.createTempFile("reference", ".dump");
            try {
                ClientPrograms.run(source, "", "pg_dump", "-Fc", "-Z0", "-f", archive.toString());
                ClientPrograms.runWithErrors(target, "pg_restore", "-d", target.name(), archive.toString());
            } finally {
                Files.delete(archive);
            }
        } catch (IOException e) {
            target.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            target.close();
            throw e;
        }
        return target;
    }
}
