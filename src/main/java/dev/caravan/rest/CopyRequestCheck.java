package dev.caravan.rest;

import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.caravan.connection.Connections;
import dev.caravan.job.CopyRequest;
import dev.caravan.job.Json;
import dev.caravan.mask.MaskSettings;
import dev.caravan.schedule.ScheduleSettings;
import dev.caravan.schema.CaravanException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges a request that stands in the configuration as a call with this body would be judged, and collects every fault. */
public final class CopyRequestCheck implements ScheduleSettings.RequestCheck {
    private final ConnectionsResource connections;
    private final MaskingResource masking;
    /** Made when it is first needed: most services have no schedule, and reading the contract takes its time. */
    private ContractValidator contract;

    public CopyRequestCheck(Connections connections, MaskSettings masks) {
        this.connections = new ConnectionsResource(connections);
        this.masking = new MaskingResource(masks, connections);
    }

    @Override
    public Optional<CopyRequest> read(String json, List<String> faults) {
        if (contract == null) {
            contract = new ContractValidator();
        }
        ValidationReport report = contract.copyRequest(json);
        if (report.hasErrors()) {
            faults.addAll(sentences(Violations.of(report)));
            return Optional.empty();
        }
        try {
            CopyRequest request = Json.MAPPER.readValue(json, CopyRequest.class);
            return Optional.of(masking.allow(connections.allow(request, null)));
        } catch (JsonProcessingException e) {
            faults.add("is not JSON as the contract has it");
        } catch (CaravanException e) {
            faults.addAll(sentences(e));
        }
        return Optional.empty();
    }

    /** One sentence per fault where the error lists them, else one of the error itself. */
    private static List<String> sentences(CaravanException error) {
        List<String> sentences = new ArrayList<>();
        if (error.attributes().get("errors") instanceof List<?> errors) {
            for (Object each : errors) {
                if (each instanceof Map<?, ?> fault) {
                    Object pointer = fault.get("pointer");
                    sentences.add((pointer == null || pointer.equals("") ? "" : pointer + " ") + fault.get("detail"));
                }
            }
        }
        return sentences.isEmpty() ? List.of(error.getMessage() + " " + error.hint()) : sentences;
    }
}
