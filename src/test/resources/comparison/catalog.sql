-- Facts that pg_dump's text hides or only hints at. System objects have oids below 16384. Servers of 13 and later.

-- @database
SELECT 'itself', pg_encoding_to_char(encoding) AS encoding, datcollate AS "collation", datctype AS "character type"
FROM pg_database WHERE datname = current_database()

-- @relation
SELECT c.oid::regclass::text, c.relkind AS kind, c.relpersistence AS persistence, am.amname AS "access method",
       c.relreplident AS "replica identity", c.relrowsecurity AS "row security", c.relforcerowsecurity AS "forced row security",
       c.relispopulated AS populated, s.spcname AS "tablespace",
       (SELECT string_agg(o, ', ' ORDER BY o COLLATE "C") FROM unnest(c.reloptions) o) AS options,
       (SELECT string_agg(o, ', ' ORDER BY o COLLATE "C") FROM pg_class t, unnest(t.reloptions) o
        WHERE t.oid = c.reltoastrelid) AS "toast options",
       pg_get_expr(c.relpartbound, c.oid) AS "partition bound",
       pg_get_partkeydef(c.oid) AS "partition key",
       (SELECT string_agg(inhparent::regclass::text, ', ' ORDER BY inhseqno) FROM pg_inherits WHERE inhrelid = c.oid) AS parents,
       c.reloftype::regtype AS "row type"
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_am am ON am.oid = c.relam LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'i', 'I', 'c') AND c.relpersistence <> 't'
  AND n.nspname !~ '^pg_'

-- @column
SELECT format('%s.%I', a.attrelid::regclass, a.attname), format_type(a.atttypid, a.atttypmod) AS type,
       a.attnotnull AS "not null", a.attidentity AS identity, a.attgenerated AS generated,
       a.attstorage AS storage, to_jsonb(a) ->> 'attcompression' AS compression,
       nullif(to_jsonb(a) ->> 'attstattarget', '-1') AS "statistics target",
       -- Some minor releases keep a marker of their own here, which their pg_dump leaves out.
       (SELECT string_agg(o, ', ' ORDER BY o COLLATE "C") FROM unnest(a.attoptions) o WHERE o NOT LIKE 'pg\_attver=%') AS options,
       array_to_string(a.attfdwoptions, ', ') AS "foreign options",
       nullif(a.attcollation, 0)::regcollation AS "collation",
       pg_get_expr(d.adbin, d.adrelid) AS "default", a.attislocal AS "local", a.attinhcount AS "parents with it",
       -- Physical numbers differ after a dropped column; the order must not.
       rank() OVER (PARTITION BY a.attrelid ORDER BY a.attnum) AS place
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE c.oid >= 16384 AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
  AND c.relpersistence <> 't' AND n.nspname !~ '^pg_'

-- @constraint
SELECT (pg_identify_object('pg_constraint'::regclass, k.oid, 0)).identity, k.contype AS kind, k.convalidated AS validated,
       k.condeferrable AS "deferrable", k.condeferred AS deferred, CASE WHEN k.contype IN ('c', 'n') THEN k.connoinherit END AS "no inherit",
       coalesce(to_jsonb(k) ->> 'conenforced', 'true') AS enforced, nullif(k.conindid, 0)::regclass AS index,
       k.conislocal AS "local", k.coninhcount AS "parents with it", pg_get_constraintdef(k.oid) AS definition
FROM pg_constraint k
-- Foreign keys that a partition has from its parent get names by chance.
WHERE k.oid >= 16384 AND k.contype <> 't' AND NOT (k.contype = 'f' AND k.conparentid <> 0)

-- @index
SELECT i.indexrelid::regclass::text, i.indrelid::regclass AS "table", i.indisvalid AS valid, i.indisready AS ready,
       i.indislive AS live, i.indisclustered AS clustered, i.indisreplident AS "replica identity",
       i.indimmediate AS immediate, pg_get_indexdef(i.indexrelid) AS definition,
       (SELECT inhparent::regclass FROM pg_inherits WHERE inhrelid = i.indexrelid) AS parent,
       (SELECT string_agg(format('%s: %s', attnum, attstattarget), ', ' ORDER BY attnum) FROM pg_attribute a
        WHERE a.attrelid = i.indexrelid AND a.attstattarget > 0) AS "statistics targets"
FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
WHERE i.indexrelid >= 16384 AND c.relkind <> 't'

-- @trigger
SELECT format('%s on %s', CASE WHEN t.tgisinternal THEN 'internal, of ' || coalesce((SELECT k.conname FROM pg_constraint k
              WHERE k.oid = t.tgconstraint), '?') || ', ' || t.tgfoid::regproc ELSE quote_ident(t.tgname) END,
              t.tgrelid::regclass),
       t.tgenabled AS enabled, CASE WHEN NOT t.tgisinternal THEN pg_get_triggerdef(t.oid) END AS definition
FROM pg_trigger t
WHERE t.tgrelid >= 16384 AND (NOT t.tgisinternal OR t.tgenabled <> 'O')

-- @rule
SELECT format('%I on %s', r.rulename, r.ev_class::regclass), r.ev_enabled AS enabled, pg_get_ruledef(r.oid) AS definition
FROM pg_rewrite r WHERE r.ev_class >= 16384

-- @policy
SELECT format('%I on %s', p.polname, p.polrelid::regclass), p.polcmd AS command, p.polpermissive AS permissive,
       pg_get_expr(p.polqual, p.polrelid) AS "using", pg_get_expr(p.polwithcheck, p.polrelid) AS "with check"
FROM pg_policy p

-- @event trigger
SELECT evtname, evtevent AS event, evtenabled AS enabled, evtfoid::regproc AS function, array_to_string(evttags, ', ') AS tags
FROM pg_event_trigger

-- @extension
SELECT extname, extversion AS version, extnamespace::regnamespace AS "schema",
       (SELECT string_agg(c::regclass::text, ', ' ORDER BY c::regclass::text COLLATE "C") FROM unnest(extconfig) c)
         AS "configuration tables"
FROM pg_extension

-- @enum
SELECT e.enumtypid::regtype::text, string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder) AS labels
FROM pg_enum e GROUP BY e.enumtypid

-- @sequence options of
SELECT s.seqrelid::regclass::text, s.seqtypid::regtype AS type, s.seqstart AS start, s.seqincrement AS increment,
       s.seqmin AS minimum, s.seqmax AS maximum, s.seqcache AS cache, s.seqcycle AS cycle,
       (SELECT format('%s %s', (pg_identify_object(d.refclassid, d.refobjid, d.refobjsubid)).identity, d.deptype)
        FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = s.seqrelid AND d.deptype IN ('a', 'i')
          AND d.refclassid = 'pg_class'::regclass) AS "owned by"
FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid WHERE c.relpersistence <> 't'

-- @function
SELECT p.oid::regprocedure::text, p.prokind AS kind, p.provolatile AS volatility, p.proparallel AS parallel,
       p.proisstrict AS strict, p.prosecdef AS "security definer", p.proleakproof AS leakproof, p.procost AS cost,
       p.prorows AS rows, array_to_string(p.proconfig, ', ') AS settings,
       CASE WHEN p.prokind <> 'a' THEN md5(pg_get_functiondef(p.oid)) END AS "definition's hash"
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.oid >= 16384 AND n.nspname !~ '^pg_'

-- @statistics object
SELECT format('%s.%I', s.stxnamespace::regnamespace, s.stxname), pg_get_statisticsobjdef(s.oid) AS definition,
       nullif(to_jsonb(s) ->> 'stxstattarget', '-1') AS target
FROM pg_statistic_ext s

-- @publication
SELECT p.pubname, p.puballtables AS "all tables", p.pubinsert AS inserts, p.pubupdate AS updates, p.pubdelete AS deletes,
       p.pubtruncate AS truncates, p.pubviaroot AS "via root",
       (SELECT string_agg(t.schemaname || '.' || t.tablename, ', ' ORDER BY t.schemaname, t.tablename)
        FROM pg_publication_tables t WHERE t.pubname = p.pubname) AS tables
FROM pg_publication p

-- @comment on
SELECT format('%s %s', o.type, o.identity), d.description AS text
FROM pg_description d, pg_identify_object(d.classoid, d.objoid, d.objsubid) o
WHERE (d.objoid >= 16384 OR d.classoid = 'pg_largeobject'::regclass
       OR d.classoid = 'pg_namespace'::regclass AND d.objoid = 'public'::regnamespace)
  AND NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = d.classoid AND e.objid = d.objoid AND e.deptype = 'e')

-- @security label on
SELECT format('%s %s', objtype, objname), provider, label FROM pg_seclabels
