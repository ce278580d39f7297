-- Schedules, their fires, and what is to be told to webhooks. Times are milliseconds since 1970-01-01 UTC.

ALTER TABLE copy_job ADD COLUMN schedule TEXT;  -- whose run it is; null for a call's

CREATE INDEX copy_job_by_schedule ON copy_job (schedule, ordinal) WHERE schedule IS NOT NULL;

CREATE INDEX copy_job_by_end ON copy_job (finished_at);

CREATE TABLE schedule (
  name       TEXT   NOT NULL PRIMARY KEY,
  definition TEXT   NOT NULL,                   -- its times; with others it begins anew
  since      BIGINT NOT NULL,                   -- times up to here are nobody's: it was not declared, or paused
  paused     INTEGER CHECK (paused IN (0, 1))   -- what the API said last; null when it said nothing
);

-- The promise that a time of a schedule is used once, whichever node is first.
CREATE TABLE schedule_fire (
  schedule   TEXT   NOT NULL REFERENCES schedule (name),
  fire_at    BIGINT NOT NULL,
  outcome    TEXT   NOT NULL CHECK (outcome IN ('CLAIMED', 'WAITING', 'STARTED', 'SKIPPED', 'REFUSED')),
  claimed_at BIGINT NOT NULL,
  job_id     TEXT REFERENCES copy_job (id) ON DELETE SET NULL,
  code       TEXT,                              -- why it made no job
  hint       TEXT,
  PRIMARY KEY (schedule, fire_at)
);

CREATE INDEX schedule_fire_open ON schedule_fire (claimed_at) WHERE outcome IN ('CLAIMED', 'WAITING');

CREATE TABLE webhook (
  name  TEXT   NOT NULL PRIMARY KEY,
  since BIGINT NOT NULL                         -- jobs that ended before are not told
);

CREATE TABLE webhook_delivery (
  id         TEXT    NOT NULL PRIMARY KEY,
  webhook    TEXT    NOT NULL REFERENCES webhook (name),
  job_id     TEXT    NOT NULL REFERENCES copy_job (id) ON DELETE CASCADE,
  state      TEXT    NOT NULL CHECK (state IN ('WAITING', 'DELIVERED', 'GIVEN_UP')),
  attempts   INTEGER NOT NULL,
  created_at BIGINT  NOT NULL,
  next_at    BIGINT  NOT NULL,                  -- when to try; while somebody tries, when he counts as gone
  UNIQUE (webhook, job_id)
);

CREATE INDEX webhook_delivery_waiting ON webhook_delivery (next_at) WHERE state = 'WAITING';
