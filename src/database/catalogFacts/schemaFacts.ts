import { notOfExtension } from "../introspect/scope";
import { comment, defaultAcl, nameSql, objectQuery, privileges, sortedList, userSchema } from "./factSql";

const schemas = objectQuery({
  kind: "'schema'",
  name: "pg_catalog.quote_ident(n.nspname)",
  facts: {
    owner: "pg_catalog.pg_get_userbyid(n.nspowner)",
    privileges: privileges("n.nspacl", defaultAcl("n", "n.nspowner")),
    comment: comment("pg_namespace", "n.oid"),
  },
  from: `FROM pg_catalog.pg_namespace n WHERE ${userSchema("n.nspname")} AND ${notOfExtension("pg_namespace", "n.oid")}`,
});

const extensions = objectQuery({
  kind: "'extension'",
  name: "pg_catalog.quote_ident(e.extname)",
  facts: {
    version: "e.extversion",
    schema: "n.nspname",
    comment: comment("pg_extension", "e.oid"),
  },
  from: `FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace`,
});

const collation = `CASE WHEN t.typcollation <> b.typcollation THEN (SELECT l.collname FROM pg_catalog.pg_collation l WHERE l.oid = t.typcollation) END`;

/** Types that a table or another type brings with it are left out. */
const types = objectQuery({
  kind: `CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range type' WHEN 'c' THEN 'composite type' ELSE 'type' END`,
  name: nameSql("n.nspname", "t.typname"),
  facts: {
    values: `(SELECT pg_catalog.string_agg(pg_catalog.quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
      FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid)`,
    "base type": `CASE WHEN t.typtype = 'd' THEN pg_catalog.format_type(t.typbasetype, t.typtypmod) END`,
    "NOT NULL constraint": `CASE WHEN t.typtype = 'd' AND t.typnotnull THEN 'there' END`,
    default: `CASE WHEN t.typtype = 'd' THEN pg_catalog.pg_get_expr(t.typdefaultbin, 0) END`,
    collation,
    attributes: `(SELECT pg_catalog.string_agg(pg_catalog.quote_ident(a.attname) || ' ' || pg_catalog.format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum)
      FROM pg_catalog.pg_attribute a WHERE t.typtype = 'c' AND a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped)`,
    subtype: `(SELECT pg_catalog.format_type(r.rngsubtype, NULL) FROM pg_catalog.pg_range r WHERE r.rngtypid = t.oid)`,
    owner: "pg_catalog.pg_get_userbyid(t.typowner)",
    privileges: privileges("t.typacl", defaultAcl("T", "t.typowner")),
    comment: comment("pg_type", "t.oid"),
  },
  from: `FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
    LEFT JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
    LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
    WHERE ${userSchema("n.nspname")} AND ${notOfExtension("pg_type", "t.oid")}
      AND (t.typtype IN ('e', 'd', 'r') OR (t.typtype = 'c' AND c.relkind = 'c') OR (t.typtype = 'b' AND t.typelem = 0))`,
});

const domainConstraints = objectQuery({
  kind: "'constraint'",
  name: `pg_catalog.quote_ident(k.conname) || ' of domain ' || ${nameSql("n.nspname", "t.typname")}`,
  parent: `'domain ' || ${nameSql("n.nspname", "t.typname")}`,
  facts: {
    definition: "pg_catalog.pg_get_constraintdef(k.oid)",
    comment: comment("pg_constraint", "k.oid"),
  },
  from: `FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_type t ON t.oid = k.contypid
    JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
    WHERE k.contype = 'c' AND ${userSchema("n.nspname")} AND ${notOfExtension("pg_type", "t.oid")}`,
});

function functions(serverVersion: number): string {
  const source =
    serverVersion >= 140000 ? "coalesce(pg_catalog.pg_get_function_sqlbody(p.oid), p.prosrc)" : "p.prosrc";
  return objectQuery({
    kind: `CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END`,
    name: `${nameSql("n.nspname", "p.proname")} || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')'`,
    facts: {
      arguments: "pg_catalog.pg_get_function_arguments(p.oid)",
      result: "pg_catalog.pg_get_function_result(p.oid)",
      language: "(SELECT l.lanname FROM pg_catalog.pg_language l WHERE l.oid = p.prolang)",
      // How a body is indented tells nothing.
      body: `pg_catalog.btrim(pg_catalog.regexp_replace(${source}, '\\s+', ' ', 'g'))`,
      volatility: `CASE p.provolatile WHEN 'i' THEN 'IMMUTABLE' WHEN 's' THEN 'STABLE' ELSE 'VOLATILE' END`,
      "null handling": "CASE WHEN p.proisstrict THEN 'STRICT' END",
      security: "CASE WHEN p.prosecdef THEN 'SECURITY DEFINER' END",
      leakproofness: "CASE WHEN p.proleakproof THEN 'LEAKPROOF' END",
      "parallel safety": `CASE p.proparallel WHEN 's' THEN 'SAFE' WHEN 'r' THEN 'RESTRICTED' ELSE 'UNSAFE' END`,
      cost: "p.procost::text",
      "row estimate": "nullif(p.prorows, 0)::text",
      settings: sortedList("p.proconfig"),
      aggregation: `(SELECT pg_catalog.format('%s %s %s', g.aggtransfn, g.aggfinalfn, g.agginitval) FROM pg_catalog.pg_aggregate g WHERE g.aggfnoid = p.oid)`,
      owner: "pg_catalog.pg_get_userbyid(p.proowner)",
      privileges: privileges("p.proacl", defaultAcl("f", "p.proowner")),
      comment: comment("pg_proc", "p.oid"),
    },
    // Constructors of range types come and go with their type.
    from: `FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
      WHERE ${userSchema("n.nspname")} AND ${notOfExtension("pg_proc", "p.oid")} AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend made
        WHERE made.classid = 'pg_catalog.pg_proc'::regclass AND made.objid = p.oid AND made.deptype = 'i')`,
  });
}

const defaultPrivileges = objectQuery({
  kind: "'default privileges'",
  name: `'of ' || pg_catalog.pg_get_userbyid(d.defaclrole) || ' on ' || CASE d.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences'
    WHEN 'f' THEN 'functions' WHEN 'T' THEN 'types' WHEN 'n' THEN 'schemas' ELSE d.defaclobjtype::text END || coalesce(' in schema ' || n.nspname, '')`,
  facts: { privileges: privileges("d.defaclacl", "NULL::aclitem[]") },
  from: `FROM pg_catalog.pg_default_acl d LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace`,
});

const databases = objectQuery({
  kind: "'database'",
  name: "pg_catalog.quote_ident(d.datname)",
  facts: {
    settings: `(SELECT pg_catalog.string_agg(coalesce('for ' || pg_catalog.pg_get_userbyid(nullif(s.setrole, 0)) || ' ', '') || setting, ', ' ORDER BY s.setrole, setting)
      FROM pg_catalog.pg_db_role_setting s CROSS JOIN LATERAL pg_catalog.unnest(s.setconfig) AS setting WHERE s.setdatabase = d.oid)`,
    privileges: privileges("d.datacl", defaultAcl("d", "d.datdba")),
    comment: "pg_catalog.shobj_description(d.oid, 'pg_database')",
  },
  from: "FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()",
});

const eventTriggers = objectQuery({
  kind: "'event trigger'",
  name: "pg_catalog.quote_ident(e.evtname)",
  facts: {
    definition: "e.evtevent || ' ' || e.evtfoid::regproc::text || coalesce(' ' || e.evttags::text, '')",
    state: `CASE e.evtenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END`,
    comment: comment("pg_event_trigger", "e.oid"),
  },
  from: `FROM pg_catalog.pg_event_trigger e WHERE ${notOfExtension("pg_event_trigger", "e.oid")}`,
});

const publications = objectQuery({
  kind: "'publication'",
  name: "pg_catalog.quote_ident(p.pubname)",
  facts: {
    tables: `CASE WHEN p.puballtables THEN 'all' ELSE (SELECT pg_catalog.string_agg(r.prrelid::regclass::text, ', ' ORDER BY r.prrelid::regclass::text)
      FROM pg_catalog.pg_publication_rel r WHERE r.prpubid = p.oid) END`,
    operations: "pg_catalog.format('%s %s %s %s', p.pubinsert, p.pubupdate, p.pubdelete, p.pubtruncate)",
  },
  from: "FROM pg_catalog.pg_publication p",
});

const casts = objectQuery({
  kind: "'cast'",
  name: "pg_catalog.format_type(c.castsource, NULL) || ' AS ' || pg_catalog.format_type(c.casttarget, NULL)",
  facts: { definition: "pg_catalog.format('%s %s %s', c.castcontext, c.castmethod, c.castfunc::regproc)" },
  // Casts between a range type and its multirange come and go with their type.
  from: `FROM pg_catalog.pg_cast c WHERE c.oid >= 16384 AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend made
    WHERE made.classid = 'pg_catalog.pg_cast'::regclass AND made.objid = c.oid AND made.deptype IN ('e', 'i'))`,
});

/** Kinds that revisions seldom make, of which it is known whether they are there: catalog, and a schema's column or none. */
const otherKinds: readonly (readonly [catalog: string, facts: Readonly<Record<string, string>>])[] = [
  ["pg_operator", { function: "o.oprcode::text" }],
  ["pg_opclass", {}],
  ["pg_opfamily", {}],
  ["pg_collation", { provider: "o.collprovider::text", determinism: "o.collisdeterministic::text" }],
  ["pg_conversion", {}],
  ["pg_ts_config", {}],
  ["pg_ts_dict", { options: "o.dictinitoption" }],
  ["pg_ts_parser", {}],
  ["pg_ts_template", {}],
  ["pg_foreign_data_wrapper", { options: sortedList("o.fdwoptions") }],
  [
    "pg_foreign_server",
    {
      options: sortedList("o.srvoptions"),
      privileges: privileges("o.srvacl", defaultAcl("S", "o.srvowner")),
    },
  ],
  ["pg_language", {}],
  ["pg_transform", {}],
];

const others = otherKinds.map(([catalog, facts]) =>
  objectQuery({
    kind: "named.type",
    name: "named.identity",
    facts: { ...facts, comment: comment(catalog, "o.oid") },
    from: `FROM pg_catalog.${catalog} o
      CROSS JOIN LATERAL pg_catalog.pg_identify_object('pg_catalog.${catalog}'::regclass, o.oid, 0) AS named
      WHERE o.oid >= 16384 AND ${notOfExtension(catalog, "o.oid")}`,
  }),
);

/** The queries about everything that belongs to no relation. */
export function schemaFacts(serverVersion: number): readonly string[] {
  return [
    schemas,
    extensions,
    types,
    domainConstraints,
    functions(serverVersion),
    defaultPrivileges,
    databases,
    eventTriggers,
    publications,
    casts,
    ...others,
  ];
}
