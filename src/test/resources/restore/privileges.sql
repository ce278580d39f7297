SELECT string_agg(line, E'\n' ORDER BY line) FROM (
  SELECT concat_ws(' ', oid::regclass, relowner::regrole, (SELECT string_agg(x::text, ' ' ORDER BY x::text)
    FROM unnest(relacl) x)) FROM pg_class WHERE oid >= 16384 AND relkind IN ('r', 'v', 'S', 'p')
  UNION ALL SELECT concat_ws(' ', oid::regprocedure, proowner::regrole, proacl) FROM pg_proc
    WHERE oid >= 16384 AND proname <> 'event_noop'
  UNION ALL SELECT concat_ws(' ', oid::regtype, typowner::regrole, typacl) FROM pg_type
    WHERE oid >= 16384 AND typtype IN ('e', 'd')
  UNION ALL SELECT concat_ws(' ', nspname, nspowner::regrole, (SELECT string_agg(x::text, ' ' ORDER BY x::text)
    FROM unnest(nspacl) x)) FROM pg_namespace WHERE nspname NOT LIKE 'pg\_%' AND nspname <> 'caravan'
  UNION ALL SELECT concat_ws(' ', attrelid::regclass, attname, attacl) FROM pg_attribute
    WHERE attrelid >= 16384 AND attacl IS NOT NULL
  UNION ALL SELECT concat_ws(' ', 'default', defaclrole::regrole, defaclnamespace::regnamespace,
    defaclobjtype, defaclacl) FROM pg_default_acl
) AS t (line)
