-- The sample target as the last copy left it, long ago: fewer rows, an older schema, and a note that somebody made since.

CREATE TABLE tenant (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL
);
CREATE TABLE customer (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id integer NOT NULL REFERENCES tenant,
    name text NOT NULL,
    email text NOT NULL
);
CREATE TABLE dev_note (
    written_at timestamptz NOT NULL DEFAULT now(),
    note text NOT NULL
);
INSERT INTO tenant (name) SELECT 'Tenant ' || n FROM generate_series(1, 3) n;
INSERT INTO customer (tenant_id, name, email)
SELECT 1 + n % 3, 'Anna Muster-' || n, 'customer' || n || '@example.com' FROM generate_series(1, 120) n;
INSERT INTO dev_note (note) VALUES ('This database is replaced as a whole; keep nothing here.');
