package dev.caravan.source;

import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** The definitions as they are read, by one {@link SchemaDump} in a thread of its own. Thread-safe; any thread may {@link #close()} it. */
final class SchemaReading implements AutoCloseable {
    private final SchemaDump dump;
    private final FutureTask<byte[]> reading;

    private SchemaReading(SchemaDump dump, FutureTask<byte[]> reading) {
        this.dump = dump;
        this.reading = reading;
    }

    /**
     * @param name of the thread
     * @param run how the dump is run; it is closed afterwards
     */
    static SchemaReading begin(String name, SchemaDump dump, Supplier<byte[]> run) {
        FutureTask<byte[]> reading = new FutureTask<>(() -> {
            try (dump) {
                return run.get();
            }
        });
        Thread thread = new Thread(reading, name);
        thread.setDaemon(true);
        thread.start();
        return new SchemaReading(dump, reading);
    }

    /** Waits for the archive. */
    byte[] archive() {
        try {
            return reading.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CaravanException.of(
                    ErrorCode.INTERRUPTED, "Reading the definitions was ended.", "Run the job again.");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        dump.close();
    }
}
