package dev.caravan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caravan.Trials.Trial;
import dev.caravan.servers.Login;
import dev.caravan.servers.OwnServer;
import dev.caravan.servers.Programs;
import dev.caravan.servers.TestServer;
import dev.caravan.servers.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The target's disk is too small for a second database. Skips where no disk of a size of its own can be mounted. */
class FullDiskIT {
    /** Room for a server with an empty database or three, and not for the rows below. */
    private static final int MEGABYTES = 60;

    private static final String ROWS = "CREATE TABLE item (id int PRIMARY KEY, word text);"
            + " INSERT INTO item SELECT i, repeat('x', 1500) FROM generate_series(1, 40000) i";

    private static Trials trials;
    private static Trial trial;
    private static OwnServer target;
    private static Path disk;
    private static boolean mounted;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        target = OwnServer.start();
        disk = Programs.folder();
        mounted = mount("mount", "-t", "tmpfs", "-o", "mode=0777,size=" + MEGABYTES + "m", "tmpfs", disk.toString());
        Assumptions.assumeTrue(mounted, "no disk of a size of its own can be mounted here");
        target.moveDatabases(disk);
        TestServer source = TestServers.source();
        trials = new Trials(folder);
        trial = trials.add(
                "full_disk",
                source,
                target.server(),
                ROWS,
                new Login(source.superuser(), source.password()),
                new Login(target.server().superuser(), target.server().password()));
        trials.start();
    }

    /** As whoever runs the tests, since nobody else may. */
    private static boolean mount(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        if (trials != null) {
            trials.close();
        }
        if (target != null) {
            target.close();
        }
        if (mounted) {
            assertTrue(mount("umount", disk.toString()));
        }
        if (disk != null) {
            Programs.run("rmdir", disk.toString());
        }
    }

    @Test
    void theJobFailsTheSpaceIsFreeAgainAndTheOldTargetIsServed() throws IOException {
        Trials.postgres(target.server()).execute("CHECKPOINT");
        long free = Files.getFileStore(disk).getUsableSpace();
        trials.fails(trial, "disk-full");
        Trials.postgres(target.server()).execute("CHECKPOINT");
        long left = Files.getFileStore(disk).getUsableSpace();
        assertTrue(left > free - 5_000_000, "before " + free + ", after " + left);
        assertEquals("500", trial.target().text("SELECT count(*) FROM old_content"));
        assertEquals(
                "0",
                Trials.postgres(target.server())
                        .text("SELECT count(*) FROM pg_database WHERE datname ~ '_(caravan|before)_'"));
    }
}
