package dev.caravan.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Adds decisions to a policy file's text and leaves every line that is there as it is, comments too. */
final class PolicyDraft {
    private PolicyDraft() {}

    /**
     * @param file the policy file; absent for none
     * @param policy the policy's name
     * @param decisions what to add under {@code columns}, by {@code schema.table.column}, each as YAML on one line
     * @param undecided columns for which there is no proposal; they become comments
     * @return the text; absent when the file is written in a way that lines cannot be added to
     */
    static Optional<String> of(
            Optional<String> file, String policy, Map<String, String> decisions, List<String> undecided) {
        if (file.isEmpty()) {
            return Optional.of("policies:\n  " + policy + ":\n    columns:\n" + lines(decisions, undecided, "      "));
        }
        if (decisions.isEmpty() && undecided.isEmpty()) {
            return file;
        }
        String text = file.get();
        try {
            Node root = new Compose(LoadSettings.builder().build())
                    .composeString(text)
                    .orElse(null);
            Optional<MappingNode> named = child(root, "policies").flatMap(it -> child(it, policy));
            if (named.isEmpty()) {
                return Optional.empty();
            }
            Optional<MappingNode> columns = child(named.get(), "columns");
            List<String> all = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
            if (columns.isPresent()) {
                String indent = indent(columns.get());
                all.add(
                        lastLine(columns.get()) + 1,
                        lines(decisions, undecided, indent).stripTrailing());
            } else {
                String indent = indent(named.get());
                all.add(
                        firstLine(named.get()),
                        indent + "columns:\n"
                                + lines(decisions, undecided, indent + "  ").stripTrailing());
            }
            return Optional.of(String.join("\n", all));
        } catch (YamlEngineException | IllegalArgumentException e) {
            // It was read before, so it is YAML; but written so that a line has no place.
            return Optional.empty();
        }
    }

    private static String lines(Map<String, String> decisions, List<String> undecided, String indent) {
        StringBuilder lines = new StringBuilder(indent)
                .append("# Proposed by a search for personal data; read each line before you use it.\n");
        decisions.forEach((column, decision) -> lines.append(indent)
                .append(key(column))
                .append(": ")
                .append(decision)
                .append('\n'));
        undecided.forEach(column -> lines.append(indent)
                .append("# ")
                .append(key(column))
                .append(": no masker fits its type and constraints; decide\n"));
        return lines.toString();
    }

    private static String key(String column) {
        String plain = column.replace('\n', ' ').replace('\r', ' ');
        return plain.matches("[a-z_][a-z0-9_$.]*") ? plain : "'" + plain.replace("'", "''") + "'";
    }

    private static Optional<MappingNode> child(Node node, String key) {
        if (!(node instanceof MappingNode mapping)) {
            return Optional.empty();
        }
        if (mapping.getFlowStyle() == FlowStyle.FLOW) {
            throw new IllegalArgumentException("written in braces");
        }
        for (NodeTuple entry : mapping.getValue()) {
            if (entry.getKeyNode() instanceof ScalarNode name
                    && name.getValue().equals(key)
                    && entry.getValueNode() instanceof MappingNode value) {
                if (value.getFlowStyle() == FlowStyle.FLOW || value.getValue().isEmpty()) {
                    throw new IllegalArgumentException("written in braces");
                }
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    private static String indent(MappingNode mapping) {
        int column = mapping.getValue()
                .get(0)
                .getKeyNode()
                .getStartMark()
                .orElseThrow()
                .getColumn();
        return " ".repeat(column);
    }

    private static int firstLine(MappingNode mapping) {
        return mapping.getValue()
                .get(0)
                .getKeyNode()
                .getStartMark()
                .orElseThrow()
                .getLine();
    }

    /** The last line that something of the node stands on; the end of a block is where the next thing begins, so that its parts are asked. */
    private static int lastLine(Node node) {
        int line = node.getStartMark().orElseThrow().getLine();
        if (node instanceof CollectionNode<?> collection && collection.getFlowStyle() != FlowStyle.FLOW) {
            for (Object part : collection.getValue()) {
                line = Math.max(line, lastLine(part instanceof NodeTuple entry ? entry.getValueNode() : (Node) part));
            }
            return line;
        }
        if (node instanceof ScalarNode scalar
                && (scalar.getScalarStyle() == ScalarStyle.LITERAL || scalar.getScalarStyle() == ScalarStyle.FOLDED)) {
            throw new IllegalArgumentException("ends with a block of text");
        }
        return node.getEndMark().orElseThrow().getLine();
    }
}
