package dev.caravan.rest;

import dev.caravan.connection.Connections;
import dev.caravan.job.CopyRequest;
import dev.caravan.job.PreviewRequest;
import dev.caravan.job.RowQuestion;
import dev.caravan.mask.MaskSettings;
import dev.caravan.mask.RequestMasks;
import dev.caravan.schema.CaravanException;
import dev.caravan.schema.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Maskers and policies to be shown, and what a request says of masking to be allowed or refused. Thread-safe. */
public final class MaskingResource {
    private final MaskSettings settings;
    private final Connections connections;

    public MaskingResource(MaskSettings settings, Connections connections) {
        this.settings = settings;
        this.connections = connections;
    }

    public Object maskers() {
        return new Items<>(settings.maskers().all().stream().map(MaskerView::of).toList());
    }

    public Object policies() {
        return new Items<>(new TreeMap<>(settings.policies())
                .values().stream().map(MaskPolicyView::of).toList());
    }

    /**
     * The request, when it can be masked as it says.
     *
     * @throws CaravanException {@code validation} with every fault, {@code mask-key-missing}
     */
    public CopyRequest allow(CopyRequest request) {
        List<Map<String, String>> faults = new ArrayList<>();
        if (!request.mask().orElse(true)) {
            if (request.maskPolicy().isPresent() && request.onlyTenants().isEmpty() && !choosesRows(request)) {
                faults.add(fault("/maskPolicy", "contradicts mask: false; leave one of them out"));
            }
            if (!request.masks().isEmpty()) {
                faults.add(fault("/masks", "contradicts mask: false; leave one of them out"));
            }
        }
        boolean masked = request.masked(connections.source(request.source()).production());
        if (masked || request.maskPolicy().isPresent()) {
            try {
                settings.policy(request.maskPolicy());
            } catch (CaravanException e) {
                faults.add(fault("/maskPolicy", e.getMessage() + " " + e.hint()));
            }
        }
        List<String> sentences = new ArrayList<>();
        RequestMasks.parse(request.masks(), settings.maskers(), sentences);
        sentences.forEach(sentence -> faults.add(fault("/masks", sentence)));
        if (!faults.isEmpty()) {
            throw CaravanException.of(
                            ErrorCode.VALIDATION,
                            "The request has " + faults.size() + (faults.size() == 1 ? " fault." : " faults."),
                            "Maskers are listed at " + Contract.BASE + "/maskers, policies at " + Contract.BASE
                                    + "/mask-policies.")
                    .with("errors", List.copyOf(faults));
        }
        if (masked) {
            settings.requiredKey();
        }
        return request;
    }

    /**
     * The preview's request, when its source is declared and can be masked.
     *
     * @throws CaravanException {@code unknown-connection}, {@code validation}, {@code mask-key-missing}
     */
    public PreviewRequest allowPreview(PreviewRequest request) {
        connections.source(request.source());
        settings.policy(request.maskPolicy());
        settings.requiredKey();
        return request;
    }

    /**
     * The question, when its source and its policy are declared.
     *
     * @throws CaravanException {@code unknown-connection}, {@code validation}
     */
    public RowQuestion allowQuestion(RowQuestion question) {
        connections.source(question.source());
        settings.policy(question.maskPolicy());
        return question;
    }

    /** Conditions of a policy count in a copy that is not masked, too. */
    private boolean choosesRows(CopyRequest request) {
        return request.maskPolicy()
                .map(settings.policies()::get)
                .filter(policy -> !policy.tenants().where().isEmpty())
                .isPresent();
    }

    private static Map<String, String> fault(String pointer, String detail) {
        return new TreeMap<>(Map.of("pointer", pointer, "detail", detail));
    }
}
