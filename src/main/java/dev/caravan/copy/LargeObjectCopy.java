package dev.caravan.copy;

import dev.caravan.plan.LargeObjectBatch;
import dev.caravan.source.LargeObjectReader;
import dev.caravan.source.SourceJobs;
import dev.caravan.target.LargeObjectWriter;
import dev.caravan.target.TargetJobs;

/** Copies large objects under their own oids, with their comments, a megabyte at a time. Stateless. */
public final class LargeObjectCopy {
    private static final int PIECE_BYTES = 1 << 20;

    private final SourceJobs sourceJobs;
    private final TargetJobs targetJobs;

    public LargeObjectCopy(SourceJobs sourceJobs, TargetJobs targetJobs) {
        this.sourceJobs = sourceJobs;
        this.targetJobs = targetJobs;
    }

    public void copy(LargeObjectBatch batch) {
        try (LargeObjectReader reader = sourceJobs.of(batch.jobId()).largeObjects();
                LargeObjectWriter writer =
                        targetJobs.of(batch.jobId()).staging().load().largeObjectWriter()) {
            for (long oid : batch.oids()) {
                writer.create(oid);
                long offset = 0;
                byte[] piece;
                do {
                    piece = reader.read(oid, offset, PIECE_BYTES);
                    if (piece.length > 0) {
                        writer.write(oid, offset, piece);
                    }
                    offset += piece.length;
                } while (piece.length == PIECE_BYTES);
                reader.comment(oid).ifPresent(comment -> writer.comment(oid, comment));
            }
            writer.commit();
        }
    }
}
