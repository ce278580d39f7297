-- Searches of sources for personal data. Times are milliseconds since 1970-01-01 UTC. No sampled value is ever stored.

CREATE TABLE pii_scan (
  id           TEXT    NOT NULL PRIMARY KEY,      -- a UUID of version 7: sorts by time
  state        TEXT    NOT NULL,                  -- QUEUED, RUNNING, SUCCEEDED, FAILED
  request      TEXT    NOT NULL,                  -- JSON
  created_at   BIGINT  NOT NULL,
  created_by   TEXT,
  started_at   BIGINT,
  ended_at     BIGINT,
  seen_at      BIGINT  NOT NULL,                  -- when it was last known to be alive
  tables_total INTEGER,
  tables_done  INTEGER NOT NULL,
  report       TEXT,                              -- JSON
  error        TEXT                               -- JSON
);
