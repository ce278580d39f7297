-- Who owns what and who may do what. A privilege list that is NULL means the default, which is spelt out here.

-- @owner of
SELECT format('%s %s', i.type, i.identity), pg_get_userbyid(o.owner) AS name
FROM (SELECT 'pg_class'::regclass AS classid, oid, relowner AS owner FROM pg_class
        WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND relpersistence <> 't'
      UNION ALL SELECT 'pg_proc'::regclass, oid, proowner FROM pg_proc
      UNION ALL SELECT 'pg_type'::regclass, t.oid, t.typowner FROM pg_type t
        WHERE t.typcategory <> 'A' AND (t.typrelid = 0 OR EXISTS (SELECT 1 FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c'))
      UNION ALL SELECT 'pg_namespace'::regclass, oid, nspowner FROM pg_namespace WHERE nspname !~ '^pg_'
      UNION ALL SELECT 'pg_language'::regclass, oid, lanowner FROM pg_language
      UNION ALL SELECT 'pg_foreign_data_wrapper'::regclass, oid, fdwowner FROM pg_foreign_data_wrapper
      UNION ALL SELECT 'pg_foreign_server'::regclass, oid, srvowner FROM pg_foreign_server
      UNION ALL SELECT 'pg_largeobject'::regclass, oid, lomowner FROM pg_largeobject_metadata
      UNION ALL SELECT 'pg_collation'::regclass, oid, collowner FROM pg_collation
      UNION ALL SELECT 'pg_conversion'::regclass, oid, conowner FROM pg_conversion
      UNION ALL SELECT 'pg_operator'::regclass, oid, oprowner FROM pg_operator WHERE oprcode <> 0
      UNION ALL SELECT 'pg_opclass'::regclass, oid, opcowner FROM pg_opclass
      UNION ALL SELECT 'pg_opfamily'::regclass, oid, opfowner FROM pg_opfamily
      UNION ALL SELECT 'pg_statistic_ext'::regclass, oid, stxowner FROM pg_statistic_ext
      UNION ALL SELECT 'pg_ts_dict'::regclass, oid, dictowner FROM pg_ts_dict
      UNION ALL SELECT 'pg_ts_config'::regclass, oid, cfgowner FROM pg_ts_config
      UNION ALL SELECT 'pg_event_trigger'::regclass, oid, evtowner FROM pg_event_trigger
      UNION ALL SELECT 'pg_publication'::regclass, oid, pubowner FROM pg_publication) o,
     pg_identify_object(o.classid, o.oid, 0) i
WHERE o.oid >= 16384 OR o.classid = 'pg_largeobject'::regclass
   OR o.classid = 'pg_namespace'::regclass AND o.oid = 'public'::regnamespace

-- @privileges on
SELECT format('%s %s', i.type, i.identity),
       (SELECT string_agg(concat(coalesce(nullif(x.grantee, 0)::regrole::text, 'PUBLIC'), ' ', x.privilege_type,
                                 CASE WHEN x.is_grantable THEN '*' END, ' by ', x.grantor::regrole), ', '
                          ORDER BY x.grantee::regrole::text COLLATE "C", x.privilege_type COLLATE "C", x.grantor::regrole::text COLLATE "C")
        FROM aclexplode(o.acl) x) AS list
FROM (SELECT 'pg_class'::regclass AS classid, oid, coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner)) AS acl
        FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND relpersistence <> 't'
      UNION ALL SELECT 'pg_proc'::regclass, oid, coalesce(proacl, acldefault('f', proowner)) FROM pg_proc
      UNION ALL SELECT 'pg_type'::regclass, t.oid, coalesce(typacl, acldefault('T', typowner)) FROM pg_type t
        WHERE t.typcategory <> 'A' AND t.typtype <> 'm'
          AND (t.typrelid = 0 OR EXISTS (SELECT 1 FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c'))
      UNION ALL SELECT 'pg_namespace'::regclass, oid, coalesce(nspacl, acldefault('n', nspowner)) FROM pg_namespace WHERE nspname !~ '^pg_'
      UNION ALL SELECT 'pg_language'::regclass, oid, coalesce(lanacl, acldefault('l', lanowner)) FROM pg_language
      UNION ALL SELECT 'pg_foreign_data_wrapper'::regclass, oid, coalesce(fdwacl, acldefault('F', fdwowner)) FROM pg_foreign_data_wrapper
      UNION ALL SELECT 'pg_foreign_server'::regclass, oid, coalesce(srvacl, acldefault('S', srvowner)) FROM pg_foreign_server
      UNION ALL SELECT 'pg_largeobject'::regclass, oid, coalesce(lomacl, acldefault('L', lomowner)) FROM pg_largeobject_metadata) o,
     pg_identify_object(o.classid, o.oid, 0) i
WHERE o.oid >= 16384 OR o.classid = 'pg_largeobject'::regclass
   OR o.classid = 'pg_namespace'::regclass AND o.oid = 'public'::regnamespace

-- @privileges on column
SELECT format('%s.%I', a.attrelid::regclass, a.attname),
       (SELECT string_agg(concat(coalesce(nullif(x.grantee, 0)::regrole::text, 'PUBLIC'), ' ', x.privilege_type,
                                 CASE WHEN x.is_grantable THEN '*' END, ' by ', x.grantor::regrole), ', '
                          ORDER BY x.grantee::regrole::text COLLATE "C", x.privilege_type COLLATE "C", x.grantor::regrole::text COLLATE "C")
        FROM aclexplode(a.attacl) x) AS list
FROM pg_attribute a WHERE a.attrelid >= 16384 AND NOT a.attisdropped AND cardinality(a.attacl) > 0

-- @default privileges
SELECT format('of %s in %s for %s', defaclrole::regrole, coalesce(nullif(defaclnamespace, 0)::regnamespace::text, 'all schemas'), defaclobjtype),
       (SELECT string_agg(concat(coalesce(nullif(x.grantee, 0)::regrole::text, 'PUBLIC'), ' ', x.privilege_type,
                                 CASE WHEN x.is_grantable THEN '*' END), ', '
                          ORDER BY x.grantee::regrole::text COLLATE "C", x.privilege_type COLLATE "C")
        FROM aclexplode(defaclacl) x) AS list
FROM pg_default_acl

-- @roles of policy
SELECT format('%I on %s', polname, polrelid::regclass),
       (SELECT string_agg(coalesce(nullif(r, 0)::regrole::text, 'PUBLIC'), ', ' ORDER BY r::regrole::text COLLATE "C") FROM unnest(polroles) r) AS list
FROM pg_policy
