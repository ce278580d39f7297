package dev.caravan.source;

import dev.caravan.job.Beside;
import java.util.function.Supplier;

/** The definitions as they are read, by one {@link SchemaDump} in a thread of its own. Thread-safe; any thread may {@link #close()} it. */
final class SchemaReading implements AutoCloseable {
    private final SchemaDump dump;
    private final Beside<byte[]> reading;

    private SchemaReading(SchemaDump dump, Beside<byte[]> reading) {
        this.dump = dump;
        this.reading = reading;
    }

    /**
     * @param name of the thread
     * @param run how the dump is run; it is closed afterwards
     */
    static SchemaReading begin(String name, SchemaDump dump, Supplier<byte[]> run) {
        return new SchemaReading(dump, Beside.begin(name, () -> {
            try (dump) {
                return run.get();
            }
        }));
    }

    /** Waits for the archive. */
    byte[] archive() {
        return reading.result();
    }

    @Override
    public void close() {
        dump.close();
    }
}
