-- The job store, in one dialect that SQLite (3.35 and later) and PostgreSQL both read. Times are milliseconds since 1970-01-01
-- UTC. Records are JSON text; what a query filters or sorts by is a column beside it. ${bytewise} is the collation that
-- compares bytes, so that pages have one order everywhere.

-- One row: whoever accepts a job updates it first, so that acceptances stand in a line (also between processes) and are counted.
CREATE TABLE job_queue (
  one      INTEGER PRIMARY KEY CHECK (one = 1),
  accepted BIGINT NOT NULL
);

INSERT INTO job_queue (one, accepted) VALUES (1, 0);

-- A living node keeps its jobs with this one statement, which the routes send every few seconds:
--   UPDATE copy_job SET lease_until = :?until WHERE node = :?node AND state IN ('RUNNING', 'CANCELLING')
CREATE TABLE copy_job (
  id              TEXT    NOT NULL PRIMARY KEY,
  ordinal         BIGINT  NOT NULL UNIQUE,   -- the order of acceptance
  state           TEXT    NOT NULL
                  CHECK (state IN ('QUEUED', 'RUNNING', 'CANCELLING', 'CANCELLED', 'FAILED', 'SUCCEEDED')),
  source          TEXT    NOT NULL,
  target          TEXT    NOT NULL,
  request         TEXT    NOT NULL,          -- CopyRequest
  idempotency_key TEXT    UNIQUE,
  request_hash    TEXT    NOT NULL,          -- SHA-256, hexadecimal, of the request with its keys in order
  attempt         INTEGER NOT NULL,
  node            TEXT,                      -- who runs it; null when nobody does
  lease_until     BIGINT,                    -- when it counts as abandoned unless the node renews this
  created_at      BIGINT  NOT NULL,
  started_at      BIGINT,
  finished_at     BIGINT,
  progress        TEXT    NOT NULL,          -- Progress
  error           TEXT,                      -- Problem
  mark            TEXT,                      -- StagingMark
  report          TEXT,                      -- Report
  events          BIGINT  NOT NULL,          -- the last event's sequence
  version         BIGINT  NOT NULL
);

-- The promise that a target has one job at a time.
CREATE UNIQUE INDEX copy_job_one_per_target ON copy_job (target) WHERE state IN ('QUEUED', 'RUNNING', 'CANCELLING');

CREATE INDEX copy_job_by_state ON copy_job (state, ordinal);

CREATE INDEX copy_job_by_target ON copy_job (target, ordinal);

CREATE TABLE copy_job_table (
  job_id      TEXT NOT NULL REFERENCES copy_job (id) ON DELETE CASCADE,
  schema_name TEXT ${bytewise} NOT NULL,
  table_name  TEXT ${bytewise} NOT NULL,
  progress    TEXT NOT NULL,                 -- TableProgress
  PRIMARY KEY (job_id, schema_name, table_name)
);

CREATE TABLE copy_job_event (
  job_id      TEXT   NOT NULL REFERENCES copy_job (id) ON DELETE CASCADE,
  sequence    BIGINT NOT NULL,
  happened_at BIGINT NOT NULL,
  type        TEXT   NOT NULL,
  message     TEXT   NOT NULL,
  PRIMARY KEY (job_id, sequence)
);
