package dev.caravan;

import java.util.Optional;

/**
 * One setting of the service, as it is read and as it is documented.
 *
 * @param name its whole name, or within a group of named things its last part
 * @param value what counts when nothing is set; absent when there is no such thing, or it depends on the machine
 * @param otherwise what stands for the value in the page when it is absent: {@code none}, {@code –} for one that must be set
 * @param meaning a part of a sentence, in Markdown
 * @param of whom it is for, where not everybody in its group has it
 */
record Setting(String name, Optional<String> value, String otherwise, String meaning, Optional<String> of) {
    /** One with a value that counts when nothing is set. */
    static Setting of(String name, String value, String meaning) {
        return new Setting(name, Optional.of(value), "", meaning, Optional.empty());
    }

    /** One without. */
    static Setting none(String name, String otherwise, String meaning) {
        return new Setting(name, Optional.empty(), otherwise, meaning, Optional.empty());
    }

    Setting onlyOf(String whom) {
        return new Setting(name, value, otherwise, meaning, Optional.of(whom));
    }

    /** Its default as the page shows it. */
    String shown() {
        return value.map(text -> "`" + text + "`").orElse(otherwise);
    }
}
