-- What is over is removed when it is old. A job takes what names it along; without these indexes every removal would read whole tables.

CREATE INDEX schedule_fire_by_job ON schedule_fire (job_id) WHERE job_id IS NOT NULL;

CREATE INDEX webhook_delivery_by_job ON webhook_delivery (job_id);

CREATE INDEX audit_event_by_time ON audit_event (happened_at);
