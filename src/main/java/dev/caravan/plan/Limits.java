package dev.caravan.plan;

/**
 * What both servers and this machine allow.
 *
 * @param workers units worked on at once
 * @param cores cores of this machine
 * @param sourceMajor the source's major version
 * @param targetMajor the target's major version
 */
public record Limits(int workers, int cores, int sourceMajor, int targetMajor) {
    public Limits {
        if (workers < 1 || cores < 1) {
            throw new IllegalArgumentException("there is at least one worker and one core");
        }
    }

    /** Before 14 a ctid range is a full scan. */
    boolean maySplit() {
        return cores > 2 && workers > 1 && sourceMajor >= 14;
    }
}
