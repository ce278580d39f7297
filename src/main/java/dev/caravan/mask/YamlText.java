package dev.caravan.mask;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads one YAML document with the line of every part of it. For one reading by one thread. */
final class YamlText {
    private static final int LARGEST_CHARACTERS = 1 << 20;
    // Few enough that aliases inside aliases cannot grow into a bomb.
    private static final int MOST_ALIASES = 20;
    private static final int DEEPEST = 30;

    private final String fileName;
    private final List<String> faults;

    private YamlText(String fileName, List<String> faults) {
        this.fileName = fileName;
        this.faults = faults;
    }

    /** The document; empty when it is none, after which {@code faults} says why. */
    static Optional<Written> read(String fileName, String yaml, List<String> faults) {
        if (yaml.length() > LARGEST_CHARACTERS) {
            faults.add(fileName
                    + ": is larger than 1 MB; a policy is a few hundred lines, use patterns such as *.*.email");
            return Optional.empty();
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel(fileName)
                .setSchema(new CoreSchema())
                .setMaxAliasesForCollections(MOST_ALIASES)
                .setCodePointLimit(LARGEST_CHARACTERS)
                .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(yaml);
            if (root.isEmpty()) {
                faults.add(fileName + ": is empty; it begins with policies:");
            }
            return root.map(node -> new YamlText(fileName, faults).written(node, 0));
        } catch (MarkedYamlEngineException e) {
            // Only what the parser expected: its message shows a piece of the text.
            faults.add(at(fileName, e.getProblemMark()) + ": is not well-formed YAML");
        } catch (YamlEngineException | StackOverflowError e) {
            faults.add(fileName + ": is not well-formed YAML, is nested too deeply, or repeats parts by more than "
                    + MOST_ALIASES + " aliases");
        }
        return Optional.empty();
    }

    private Written written(Node node, int depth) {
        String at = at(fileName, node.getStartMark());
        if (depth > DEEPEST) {
            faults.add(at + ": is nested too deeply");
            return new Written(null, "", at);
        }
        if (node instanceof MappingNode mapping) {
            Map<String, Written> entries = new LinkedHashMap<>();
            for (NodeTuple entry : mapping.getValue()) {
                String place = at(fileName, entry.getKeyNode().getStartMark());
                if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                    faults.add(place + ": a key must be a word; put names that begin with * in quotes");
                } else if (entries.containsKey(key.getValue())) {
                    faults.add(place + ": " + key.getValue() + " is there twice; remove one of them");
                } else {
                    Written value = written(entry.getValueNode(), depth + 1);
                    // The key's line: a value may begin on the next one, and an alias stands elsewhere.
                    entries.put(key.getValue(), new Written(value.value(), value.text(), place));
                }
            }
            return new Written(Collections.unmodifiableMap(entries), "", at);
        }
        if (node instanceof SequenceNode sequence) {
            List<Written> items = new ArrayList<>();
            sequence.getValue().forEach(item -> items.add(written(item, depth + 1)));
            return new Written(Collections.unmodifiableList(items), "", at);
        }
        ScalarNode scalar = (ScalarNode) node;
        return new Written(value(scalar, at), scalar.getValue(), at);
    }

    private Object value(ScalarNode scalar, String at) {
        Tag tag = scalar.getTag();
        String text = scalar.getValue();
        try {
            if (tag.equals(Tag.NULL)) {
                return null;
            } else if (tag.equals(Tag.BOOL)) {
                return text.equalsIgnoreCase("true");
            } else if (tag.equals(Tag.INT)) {
                return Long.valueOf(text);
            } else if (tag.equals(Tag.FLOAT)) {
                return Double.valueOf(text);
            }
        } catch (NumberFormatException e) {
            faults.add(at + ": a number must be written plainly, such as 12 or 0.5; put a text in quotes");
            return text;
        }
        if (!tag.equals(Tag.STR)) {
            faults.add(at + ": the tag before the value is not understood; remove it");
        }
        return text;
    }

    private static String at(String fileName, Optional<Mark> mark) {
        return mark.map(it -> fileName + ":" + (it.getLine() + 1)).orElse(fileName);
    }
}
