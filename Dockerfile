# syntax=docker/dockerfile:1

FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /build
COPY pom.xml ./
COPY .mvn/jvm.config .mvn/jvm.config
# The libraries are a layer of their own: they change with the pom only.
RUN --mount=type=cache,target=/root/.m2 mvn -B -q dependency:go-offline
COPY openapi openapi
COPY src/main src/main
RUN --mount=type=cache,target=/root/.m2 mvn -B -q -DskipTests -Dspotless.check.skip package

FROM eclipse-temurin:25-jre-noble
LABEL org.opencontainers.image.title="Caravan" \
      org.opencontainers.image.description="Copies PostgreSQL databases into development environments." \
      org.opencontainers.image.version="0.1.0-SNAPSHOT"

# One pg_dump per supported major: the lowest that is not older than the source is used. A major that PostgreSQL's own
# repository has retired is passed over: the next one dumps its servers as well.
ADD --chmod=644 https://www.postgresql.org/media/keys/ACCC4CF8.asc /usr/share/keyrings/postgresql.asc
RUN set -eu; \
    apt-get update; \
    apt-get install -y --no-install-recommends ca-certificates curl; \
    . /etc/os-release; \
    echo "deb [signed-by=/usr/share/keyrings/postgresql.asc] https://apt.postgresql.org/pub/repos/apt ${VERSION_CODENAME}-pgdg main" \
      > /etc/apt/sources.list.d/postgresql.list; \
    apt-get update; \
    clients=""; \
    for major in 13 14 15 16 17 18; do \
      if [ -n "$(apt-cache madison "postgresql-client-$major")" ]; then clients="$clients postgresql-client-$major"; fi; \
    done; \
    apt-get install -y --no-install-recommends $clients; \
    test -x /usr/lib/postgresql/18/bin/pg_dump; \
    rm -rf /var/lib/apt/lists/*; \
    groupadd --system --gid 10001 caravan; \
    useradd --system --uid 10001 --gid 10001 --home-dir /var/lib/caravan --create-home --shell /usr/sbin/nologin caravan

COPY --from=build /build/target/lib /opt/caravan/lib
COPY --from=build /build/target/caravan.jar /opt/caravan/app.jar
COPY --chmod=755 docker/caravan /usr/local/bin/caravan

# The job store and the run directory live here.
WORKDIR /var/lib/caravan
VOLUME /var/lib/caravan

# An AOT cache (JEP 483, 514, 515) halves the time to the first answer. Only speed depends on it, so an image without it is still good.
# Root makes it, so nothing of its making may stay in /tmp, where the service would find a run directory that is not its own.
RUN mkdir /tmp/training \
    && (cd /tmp/training && CAMEL_MAIN_DURATION_MAX_SECONDS=3 timeout 60 \
        java -XX:AOTCacheOutput=/opt/caravan/app.aot -Djava.io.tmpdir=/tmp/training -XX:+UseSerialGC -Xmx256m --enable-native-access=ALL-UNNAMED \
          -Dcaravan.auth.enabled=false -jar /opt/caravan/app.jar serve || true) \
    && rm -rf /tmp/training

# By number, so that Kubernetes can tell that it is not root.
USER 10001:10001
EXPOSE 8080 9876
# With a certificate the port speaks HTTPS only; whose it is does not matter to a question to oneself.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["sh", "-c", "curl -fsS -o /dev/null http://127.0.0.1:9876/observe/health/live || curl -fsSk -o /dev/null https://127.0.0.1:9876/observe/health/live"]
# AOTMode=auto goes on without the cache when it is missing or does not fit; it fits the collector that it was made with.
ENTRYPOINT ["java", "-XX:AOTCache=/opt/caravan/app.aot", "-XX:AOTMode=auto", "-XX:+UseSerialGC", "-Xmx256m", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "-jar", "/opt/caravan/app.jar"]
CMD ["serve"]
