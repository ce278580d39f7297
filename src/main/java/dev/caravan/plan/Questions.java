package dev.caravan.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Gathers what the source is to be asked while masks are proved, so that all of it is asked at once. Not thread-safe. */
final class Questions {
    private final List<Pending> pending = new ArrayList<>();

    private record Pending(List<Question> questions, Consumer<List<Answer>> then) {}

    /** @param then is told the answers, in the questions' order, when all proofs have asked theirs */
    void ask(List<Question> questions, Consumer<List<Answer>> then) {
        pending.add(new Pending(List.copyOf(questions), then));
    }

    /** Asks each different question once, and tells whoever wanted to know. */
    void settle(Asking asking) {
        Set<Question> different = new LinkedHashSet<>();
        pending.forEach(one -> different.addAll(one.questions()));
        if (different.isEmpty()) {
            return;
        }
        List<Question> asked = List.copyOf(different);
        List<Answer> answers = asking.answers(asked);
        Map<Question, Answer> known = new HashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            known.put(asked.get(i), answers.get(i));
        }
        for (Pending one : pending) {
            one.then().accept(one.questions().stream().map(known::get).toList());
        }
    }
}
