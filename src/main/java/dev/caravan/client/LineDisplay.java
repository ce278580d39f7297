package dev.caravan.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;

/** For output that is not a terminal: a line per phase, and one every half-minute, so that no hour passes in silence. */
final class LineDisplay implements Display {
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final Terminal terminal;
    private final PrintStream out;
    private final PrintStream err;
    private String shown = "";
    private Duration shownAt = Duration.ZERO;
    private boolean begun;

    LineDisplay(Terminal terminal, PrintStream out, PrintStream err) {
        this.terminal = terminal;
        this.out = out;
        this.err = err;
    }

    @Override
    public boolean wantsTables() {
        return false;
    }

    @Override
    public void frame(Frame frame, JsonNode json, boolean changed) {
        JobView job = frame.job();
        if (!begun) {
            begun = true;
            out.println(Picture.title(job, terminal.glyphs()) + "   job " + Text.plain(job.id()));
        }
        String now = job.state().equals("RUNNING") && !job.phase().isEmpty() ? job.phase() : job.state();
        boolean silent = frame.elapsed().minus(shownAt).compareTo(SILENCE) >= 0;
        if (!job.ended() && (silent || !now.equals(shown))) {
            shown = now;
            shownAt = frame.elapsed();
            out.println(Text.padded(Text.plain(now), 10) + "  " + Picture.summary(frame, terminal.glyphs()));
            out.flush();
        }
    }

    @Override
    public void note(String sentence) {
        err.println("caravan: " + sentence);
    }

    @Override
    public void ended(JobView job, JsonNode json, Optional<ReportView> report) {
        Ending.lines(job, report, terminal).forEach(out::println);
        out.flush();
    }

    @Override
    public void refused(Refusal why) {
        why.lines().forEach(err::println);
    }
}
