package dev.caravan.copy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How this process copies.
 *
 * @param workers units worked on at once, over all jobs
 * @param cores cores of this machine
 * @param runDirectory where each job's files for the client programs are kept meanwhile
 * @param toolDirectories where to look for the client programs first
 * @param lockTimeout how long a lock on the source may be waited for
 * @param maintenanceWorkMem memory of the target's server for one index build, such as {@code 256MB}
 */
public record CopySettings(
        int workers,
        int cores,
        Path runDirectory,
        List<Path> toolDirectories,
        Duration lockTimeout,
        String maintenanceWorkMem) {
    public CopySettings {
        toolDirectories = List.copyOf(toolDirectories);
    }
}
