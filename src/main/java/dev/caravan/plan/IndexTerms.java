package dev.caravan.plan;

import dev.caravan.schema.Column;
import dev.caravan.schema.Identifiers;
import dev.caravan.schema.Index;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the keys of indexes are made of. */
final class IndexTerms {
    /** Stands for what was not read; nothing can be said of an expression with it. */
    private static final String SOMETHING = " ? ";

    private final Map<ColumnName, Column> columns;

    /** @param columns all of them, generated ones too */
    IndexTerms(Map<ColumnName, Column> columns) {
        this.columns = columns;
    }

    static boolean excludes(Index index) {
        return index.constraint()
                .filter(one -> one.kind() == Index.Constraint.Kind.EXCLUSION)
                .isPresent();
    }

    /** The columns that its WHERE reads. */
    static List<String> readByPredicate(Index index) {
        List<String> read = new ArrayList<>(index.demands().predicateColumns());
        String predicate = CheckText.withoutLiterals(index.demands().predicate().orElse(""));
        index.demands().columns().stream()
                .filter(name -> CheckText.named(name).matcher(predicate).find())
                .forEach(read::add);
        return read;
    }

    /** The copied columns that its keys are made of; a generated column stands for those that it is computed from. */
    Set<ColumnName> keys(Index index) {
        List<KeyTerm> terms = index.demands().expressions() ? written(index) : List.of();
        Set<ColumnName> keys = new TreeSet<>();
        for (String name : index.demands().columns()) {
            // The catalog does not tell the columns of an expression from those of WHERE.
            if (!terms.isEmpty() && terms.stream().noneMatch(term -> term.mentions(name))) {
                continue;
            }
            generated(index, name)
                    .ifPresentOrElse(
                            column -> column.facts()
                                    .inputs()
                                    .forEach(input -> keys.add(new ColumnName(index.table(), input))),
                            () -> keys.add(new ColumnName(index.table(), name)));
        }
        return keys;
    }

    /** Its keys, in which a generated column is what it is computed by. */
    List<KeyTerm> terms(Index index) {
        List<KeyTerm> terms = new ArrayList<>();
        for (KeyTerm term : written(index)) {
            KeyTerm told = term;
            for (String name : index.demands().columns()) {
                Optional<Column> generated = generated(index, name);
                if (generated.isPresent()) {
                    told = told.with(name, computed(generated.get()));
                }
            }
            terms.add(told);
        }
        return terms;
    }

    private static String computed(Column column) {
        return column.facts()
                .expression()
                .map(CheckText::withoutLiterals)
                .orElseGet(() -> column.facts().inputs().stream()
                        .map(IndexTerms::quoted)
                        .reduce("", (some, input) -> some + SOMETHING + input));
    }

    private static List<KeyTerm> written(Index index) {
        if (!excludes(index) && !index.demands().expressions()) {
            return index.demands().columns().stream()
                    .map(name -> new KeyTerm(quoted(name), ""))
                    .toList();
        }
        List<KeyTerm> read =
                KeyTerm.of(excludes(index) ? index.constraint().orElseThrow().definition() : index.definition());
        return !read.isEmpty()
                ? read
                : index.demands().columns().stream()
                        .map(name -> new KeyTerm(quoted(name) + SOMETHING, ""))
                        .toList();
    }

    private Optional<Column> generated(Index index, String name) {
        return Optional.ofNullable(columns.get(new ColumnName(index.table(), name)))
                .filter(Column::generated);
    }

    private static String quoted(String name) {
        return Identifiers.quoted(name);
    }
}
