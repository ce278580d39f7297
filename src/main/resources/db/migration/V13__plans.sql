-- What a job was planned to do, as JSON in the form of POST /plans; null until it is planned, and for older jobs.

ALTER TABLE copy_job ADD COLUMN plan TEXT;
