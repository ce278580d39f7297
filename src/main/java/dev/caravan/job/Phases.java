package dev.caravan.job;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Marks where a running job is, for its meter and its events. One thread per job. */
public final class Phases {
    private final JobStore store;
    private final Map<String, Set<Phase>> open = new ConcurrentHashMap<>();

    public Phases(JobStore store) {
        this.store = store;
    }

    /** Begins a phase; those that were open end, but COPY goes on beside INDEX. A stopped job begins no phase. */
    public void begin(RunningJob job, Phase phase) {
        job.throwIfStopped();
        Set<Phase> phases = open.computeIfAbsent(job.id(), unused -> EnumSet.noneOf(Phase.class));
        for (Phase other : EnumSet.copyOf(withNone(phases))) {
            if (!(other == Phase.COPY && phase == Phase.INDEX)) {
                end(job, other);
            }
        }
        phases.add(phase);
        job.meter().phaseBegan(phase);
        store.append(job.id(), JobEvent.Type.PHASE, phase + " began");
    }

    /** Ends one phase. */
    public void end(RunningJob job, Phase phase) {
        if (open.getOrDefault(job.id(), Set.of()).remove(phase)) {
            job.meter().phaseEnded(phase);
        }
    }

    /** Ends whatever is open. */
    public void endAll(RunningJob job) {
        Set<Phase> phases = open.remove(job.id());
        if (phases != null) {
            phases.forEach(job.meter()::phaseEnded);
        }
    }

    private static Set<Phase> withNone(Set<Phase> phases) {
        Set<Phase> copy = EnumSet.noneOf(Phase.class);
        copy.addAll(phases);
        return copy;
    }
}
