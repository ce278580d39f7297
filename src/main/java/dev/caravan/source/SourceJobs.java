package dev.caravan.source;

import dev.caravan.connection.ConnectionConfig;
import dev.caravan.connection.Connections;
import dev.caravan.job.RunningJob;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which job reads which source at the moment. Thread-safe. */
public final class SourceJobs {
    private final Map<String, SourceJob> byJob = new ConcurrentHashMap<>();
    private final Connections connections;
    private final Duration yieldAfter;
    private final Clock clock;

    /**
     * @param yieldAfter how long a statement on the source may wait for a lock of ours
     */
    public SourceJobs(Connections connections, Duration yieldAfter, Clock clock) {
        this.connections = connections;
        this.yieldAfter = yieldAfter;
        this.clock = clock;
    }

    /**
     * Locks the source's tables and takes the snapshot.
     *
     * @param workers sessions beside the snapshot's holder
     */
    public SourceJob open(RunningJob job, int workers) {
        job.throwIfStopped();
        if (job.job().attempt() > 1) {
            // A connection that broke may live on at the server's end, and hold its locks.
            endSessions(connections.source(job.request().source()), job.id());
        }
        SourceJob reading = SourceJob.open(
                connections.source(job.request().source()),
                applicationName(job.id()),
                workers,
                yieldAfter,
                clock,
                job.request().exclude());
        byJob.put(job.id(), reading);
        job.onStop(reading::end);
        return reading;
    }

    /** @throws CaravanException {@code interrupted} when the job reads nothing, or no longer */
    public SourceJob of(String jobId) {
        SourceJob reading = byJob.get(jobId);
        if (reading == null) {
            throw CaravanException.of(ErrorCode.INTERRUPTED, "The job holds no snapshot.", "The job is ending.");
        }
        return reading;
    }

    /** Releases the job's snapshot; does nothing when it holds none. */
    public void release(String jobId) {
        SourceJob reading = byJob.remove(jobId);
        if (reading != null) {
            reading.close();
        }
    }

    /** Ends what a process that is gone has left connected for a job. */
    public static void endSessions(ConnectionConfig source, String jobId) {
        SourceJob.endSessions(source, applicationName(jobId));
    }

    /** {@code application_name} of a job's sessions. */
    static String applicationName(String jobId) {
        return "caravan " + jobId;
    }

    /** Gives up those of the jobs that stand in the way of others on their source. */
    public void yieldWhereNeeded(Iterable<RunningJob> jobs) {
        for (RunningJob job : jobs) {
            SourceJob reading = byJob.get(job.id());
            if (reading != null) {
                reading.reasonToYield().ifPresent(job::stop);
            }
        }
    }

    /** Sessions on sources that are open: of each job those that read, and the one that holds the snapshot. */
    public int sessionsOpen() {
        return byJob.values().stream()
                .mapToInt(job -> 1 + job.sessions().open())
                .sum();
    }

    /** How many of them are in use. */
    public int sessionsInUse() {
        return byJob.values().stream()
                .mapToInt(job -> 1 + job.sessions().inUse())
                .sum();
    }
}
