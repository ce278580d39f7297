package dev.caravan.client;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Cancels what a command waits for when it is ended by Ctrl-C or by SIGTERM, and lets the command see it through.
 *
 * <p>Java gives a command that was ended so no other place to act than a shutdown hook, and would exit with the signal's code:
 * the hook waits for the command and ends the process with the command's own.
 */
final class CancelOnInterrupt implements AutoCloseable {
    private static final long LONGEST_SECONDS = 120;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;
    private volatile int exitCode = JobWatch.NOT_COPIED;

    CancelOnInterrupt(Runnable cancel) {
        hook = new Thread(
                () -> {
                    cancel.run();
                    try {
                        if (!finished.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                            System.err.println("caravan: The job has not ended yet; it goes on being cancelled.");
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    Runtime.getRuntime().halt(exitCode);
                },
                "cancel on interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The command is done; a process that is being ended exits with this code. */
    void finished(int code) {
        exitCode = code;
        close();
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is being ended: the hook is running, and waits for this.
        }
        finished.countDown();
    }
}
