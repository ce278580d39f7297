package dev.caravan.source;

import dev.caravan.connection.ConnectionConfig;
import dev.caravan.connection.DatabaseUrl;
import dev.caravan.connection.Secret;
import dev.caravan.job.CopyRequest;
import dev.caravan.mask.MaskPolicy;
import dev.caravan.mask.TenantPolicy;
import dev.caravan.mask.VirtualKey;
import dev.caravan.servers.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A database as a job reads it, and what a job for some tenants brings along. */
final class TenantSource {
    private TenantSource() {}

    /** The job, for the caller to close. */
    static SourceJob open(TestDatabase database) {
        ConnectionConfig config = new ConnectionConfig(
                "source",
                new DatabaseUrl(database.server().host(), database.server().port(), database.name(), Map.of()),
                ConnectionConfig.Role.SOURCE,
                Optional.empty(),
                database.server().superuser(),
                Secret.of(database.server().password()),
                Optional.empty(),
                Map.of(),
                "postgres",
                false,
                true,
                Optional.empty(),
                List.of(),
                List.of(),
                Duration.ofSeconds(10),
                Duration.ZERO);
        return SourceJob.open(config, "source", 1, Duration.ofSeconds(30), Clock.systemUTC(), List.of());
    }

    /** @param tenants absent for all */
    static CopyRequest request(Optional<List<Object>> tenants, CopyRequest.CrossTenant crossTenant) {
        return new CopyRequest(
                "source", "target", null, null, null, tenants, crossTenant, null, null, null, null, null, null);
    }

    /** A policy that masks nothing. */
    static MaskPolicy policy(List<VirtualKey> keys, TenantPolicy tenants) {
        return new MaskPolicy(
                "default",
                "",
                List.of(),
                Map.of(),
                Map.of(),
                keys,
                MaskPolicy.OnUndecided.FAIL,
                MaskPolicy.LargeObjects.UNDECIDED,
                tenants);
    }
}
