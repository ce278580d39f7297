package dev.caravan.plan;

import java.util.Collections;
import java.util.List;

/** Lets the source evaluate its own expressions over values that a policy writes out. */
@FunctionalInterface
public interface Asking {
    /** Where there is nobody to ask. */
    Asking NOBODY = questions -> Collections.nCopies(questions.size(), Answer.UNKNOWN);

    /**
     * @param questions each at most once
     * @return as many answers, in the same order
     */
    List<Answer> answers(List<Question> questions);
}
