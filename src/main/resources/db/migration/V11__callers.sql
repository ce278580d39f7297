-- Who asked for what. Times are milliseconds since 1970-01-01 UTC.

ALTER TABLE copy_job ADD COLUMN created_by TEXT;  -- the name of the caller's key; null for a schedule's, and for older jobs

CREATE TABLE audit_event (
  id          TEXT    NOT NULL PRIMARY KEY,       -- a UUID of version 7: sorts by time
  happened_at BIGINT  NOT NULL,
  caller      TEXT    NOT NULL,                   -- the key's name
  role        TEXT    NOT NULL,
  remote      TEXT    NOT NULL,                   -- the address that the connection came from
  operation   TEXT    NOT NULL,                   -- the contract's operationId
  path        TEXT    NOT NULL,
  status      INTEGER NOT NULL,                   -- of the answer
  code        TEXT,                               -- of the problem, when the answer is one
  job_id      TEXT
);
