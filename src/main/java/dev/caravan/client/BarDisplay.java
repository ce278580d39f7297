package dev.caravan.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** For terminals: a picture that is drawn over itself. */
final class BarDisplay implements Display {
    private final Supplier<Terminal> terminal;
    private final PrintStream out;
    private final PrintStream err;
    private int drawn;
    private int drawnColumns;

    /** @param terminal asked anew for every picture, since windows are resized */
    BarDisplay(Supplier<Terminal> terminal, PrintStream out, PrintStream err) {
        this.terminal = terminal;
        this.out = out;
        this.err = err;
    }

    @Override
    public boolean wantsTables() {
        return true;
    }

    @Override
    public void frame(Frame frame, JsonNode json, boolean changed) {
        Terminal now = terminal.get();
        List<String> lines = new Picture(now).lines(frame);
        StringBuilder text = new StringBuilder();
        if (drawn > 0 && drawnColumns <= now.columns()) {
            text.append("\u001b[").append(drawn).append('F');
        } else if (drawn > 0) {
            // A narrower window has wrapped the old lines, nobody knows into how many: begin on a clean screen.
            text.append("\u001b[H\u001b[2J");
        }
        for (String line : lines) {
            text.append(line).append("\u001b[K\n");
        }
        text.append("\u001b[J");
        out.print(text);
        out.flush();
        drawn = lines.size();
        drawnColumns = now.columns();
    }

    @Override
    public void note(String sentence) {
        err.println("caravan: " + sentence);
        // What was drawn has scrolled up by a line: the next picture begins below.
        drawn = 0;
    }

    @Override
    public void ended(JobView job, JsonNode json, Optional<ReportView> report) {
        Ending.lines(job, report, terminal.get()).forEach(out::println);
        out.flush();
    }

    @Override
    public void refused(Refusal why) {
        why.lines().forEach(err::println);
    }
}
