package dev.caravan.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.Optional;

/** For machines: the job as the API gives it, one document per line and change, the ended job last; a refusal is one too. */
final class JsonDisplay implements Display {
    private final PrintStream out;
    private final PrintStream err;

    JsonDisplay(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public boolean wantsTables() {
        return false;
    }

    @Override
    public void frame(Frame frame, JsonNode json, boolean changed) {
        if (changed && !frame.job().ended()) {
            line(json);
        }
    }

    @Override
    public void note(String sentence) {
        err.println("caravan: " + sentence);
    }

    @Override
    public void ended(JobView job, JsonNode json, Optional<ReportView> report) {
        line(json);
    }

    @Override
    public void refused(Refusal why) {
        line(why.json());
    }

    private void line(JsonNode json) {
        // Not toString(): only the mapper writes ASCII.
        out.println(CopyService.written(json));
        out.flush();
    }
}
