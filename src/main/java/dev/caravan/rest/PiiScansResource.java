package dev.caravan.rest;

import dev.caravan.connection.Connections;
import dev.caravan.job.PiiScan;
import dev.caravan.job.PiiScanRequest;
import dev.caravan.job.PiiScanStore;
import dev.caravan.mask.MaskSettings;
import dev.caravan.schema.CaravanException;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/** The operations on searches for personal data; parameters arrive as the contract has let them through. Thread-safe. */
public final class PiiScansResource {
    private static final int PAGE = 20;
    private static final String POLL_SECONDS = "1";

    private final PiiScanStore store;
    private final MaskSettings settings;
    private final Connections connections;

    public PiiScansResource(PiiScanStore store, MaskSettings settings, Connections connections) {
        this.store = store;
        this.settings = settings;
        this.connections = connections;
    }

    /** @throws CaravanException {@code unknown-connection}, {@code validation}, {@code queue-full} */
    public PiiScan create(@Body PiiScanRequest request, @Variable(Guard.CALLER) Caller caller) {
        connections.source(request.source());
        settings.policy(request.maskPolicy());
        return store.create(request, Optional.ofNullable(caller).map(Caller::name));
    }

    /** The answer to a new search: where to ask for it. */
    public Object accepted(@Body PiiScan scan) {
        String self = Contract.BASE + "/pii-scans/" + scan.id();
        return Reply.of(202, scan).with("Location", self).with("Retry-After", POLL_SECONDS);
    }

    public Object get(@Header("id") String id) {
        return store.get(id);
    }

    public Object list(@Header("limit") Integer limit) {
        return new Items<>(store.list(limit == null ? PAGE : limit));
    }
}
