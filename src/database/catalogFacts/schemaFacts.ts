import { notOfExtension, notOfObject } from "../introspect/scope";
import {
  comment,
  defaultAcl,
  nameSql,
  objectQuery,
  privileges,
  sortedList,
  userSchema,
  type FactQuery,
} from "./factSql";

const schemas = objectQuery({
  source: "schemas",
  kind: "'schema'",
  name: "pg_catalog.quote_ident(n.nspname)",
  path: ["''", "n.nspname"],
  facts: {
    owner: "pg_catalog.pg_get_userbyid(n.nspowner)",
    privileges: privileges("n.nspacl", defaultAcl("n", "n.nspowner")),
    comment: comment("pg_namespace", "n.oid"),
  },
  from: `FROM pg_catalog.pg_namespace n WHERE ${userSchema("n.nspname")} AND ${notOfExtension("pg_namespace", "n.oid")}`,
});

const extensions = objectQuery({
  source: "extensions",
  kind: "'extension'",
  name: "pg_catalog.quote_ident(e.extname)",
  path: ["''", "e.extname"],
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
  source: "types",
  kind: `CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range type' WHEN 'c' THEN 'composite type' ELSE 'type' END`,
  name: nameSql("n.nspname", "t.typname"),
  path: ["n.nspname", "t.typname"],
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
  source: "constraints of domains",
  kind: "'constraint'",
  name: `pg_catalog.quote_ident(k.conname) || ' of domain ' || ${nameSql("n.nspname", "t.typname")}`,
  path: ["n.nspname", "t.typname", "k.conname"],
  parent: `'domain ' || ${nameSql("n.nspname", "t.typname")}`,
  facts: {
    definition: "pg_catalog.pg_get_constraintdef(k.oid)",
    comment: comment("pg_constraint", "k.oid"),
  },
  from: `FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_type t ON t.oid = k.contypid
    JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
    WHERE k.contype = 'c' AND ${userSchema("n.nspname")} AND ${notOfExtension("pg_type", "t.oid")}`,
});

const signature = "p.proname || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')'";

function functions(serverVersion: number): FactQuery {
  const source =
    serverVersion >= 140000 ? "coalesce(pg_catalog.pg_get_function_sqlbody(p.oid), p.prosrc)" : "p.prosrc";
  return objectQuery({
    source: "functions",
    kind: `CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END`,
    name: `${nameSql("n.nspname", "p.proname")} || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')'`,
    path: ["n.nspname", signature],
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
      aggregation: `(SELECT pg_catalog.concat_ws(', ', 'sfunc ' || g.aggtransfn, 'stype ' || pg_catalog.format_type(g.aggtranstype, NULL),
        CASE WHEN g.aggfinalfn <> 0 THEN 'finalfunc ' || g.aggfinalfn END, 'initcond ' || g.agginitval) FROM pg_catalog.pg_aggregate g WHERE g.aggfnoid = p.oid)`,
      owner: "pg_catalog.pg_get_userbyid(p.proowner)",
      privileges: privileges("p.proacl", defaultAcl("f", "p.proowner")),
      comment: comment("pg_proc", "p.oid"),
    },
    // Constructors of range types come and go with their type.
    from: `FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
      WHERE ${userSchema("n.nspname")} AND ${notOfExtension("pg_proc", "p.oid")} AND ${notOfObject("pg_proc", "p.oid")}`,
  });
}

const defaultPrivilegesName = `'of ' || pg_catalog.pg_get_userbyid(d.defaclrole) || ' on ' || CASE d.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences'
    WHEN 'f' THEN 'functions' WHEN 'T' THEN 'types' WHEN 'n' THEN 'schemas' ELSE d.defaclobjtype::text END || coalesce(' in schema ' || n.nspname, '')`;

const defaultPrivileges = objectQuery({
  source: "default privileges",
  kind: "'default privileges'",
  name: defaultPrivilegesName,
  path: ["''", defaultPrivilegesName],
  facts: { privileges: privileges("d.defaclacl", "NULL::aclitem[]") },
  from: `FROM pg_catalog.pg_default_acl d LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace`,
});

const databases = objectQuery({
  source: "the database",
  kind: "'database'",
  name: "pg_catalog.quote_ident(d.datname)",
  path: ["''", "d.datname"],
  facts: {
    settings: `(SELECT pg_catalog.string_agg(coalesce('for ' || pg_catalog.pg_get_userbyid(nullif(s.setrole, 0)) || ' ', '') || setting, ', ' ORDER BY s.setrole, setting)
      FROM pg_catalog.pg_db_role_setting s CROSS JOIN LATERAL pg_catalog.unnest(s.setconfig) AS setting WHERE s.setdatabase = d.oid)`,
    privileges: privileges("d.datacl", defaultAcl("d", "d.datdba")),
    comment: "pg_catalog.shobj_description(d.oid, 'pg_database')",
  },
  from: "FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()",
});

const eventTriggers = objectQuery({
  source: "event triggers",
  kind: "'event trigger'",
  name: "pg_catalog.quote_ident(e.evtname)",
  path: ["''", "e.evtname"],
  facts: {
    definition: "e.evtevent || ' ' || e.evtfoid::regproc::text || coalesce(' ' || e.evttags::text, '')",
    state: `CASE e.evtenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END`,
    comment: comment("pg_event_trigger", "e.oid"),
  },
  from: `FROM pg_catalog.pg_event_trigger e WHERE ${notOfExtension("pg_event_trigger", "e.oid")}`,
});

const publications = objectQuery({
  source: "publications",
  kind: "'publication'",
  name: "pg_catalog.quote_ident(p.pubname)",
  path: ["''", "p.pubname"],
  facts: {
    tables: `CASE WHEN p.puballtables THEN 'all' ELSE (SELECT pg_catalog.string_agg(r.prrelid::regclass::text, ', ' ORDER BY r.prrelid::regclass::text)
      FROM pg_catalog.pg_publication_rel r WHERE r.prpubid = p.oid) END`,
    operations: `pg_catalog.concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
      CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END)`,
  },
  from: "FROM pg_catalog.pg_publication p",
});

const castName =
  "pg_catalog.format_type(c.castsource, NULL) || ' AS ' || pg_catalog.format_type(c.casttarget, NULL)";

const casts = objectQuery({
  source: "casts",
  kind: "'cast'",
  name: castName,
  path: ["''", castName],
  facts: {
    definition: `pg_catalog.concat_ws(' ', CASE c.castmethod WHEN 'f' THEN 'WITH FUNCTION ' || c.castfunc::regprocedure
      WHEN 'i' THEN 'WITH INOUT' ELSE 'WITHOUT FUNCTION' END, CASE c.castcontext WHEN 'a' THEN 'AS ASSIGNMENT' WHEN 'i' THEN 'AS IMPLICIT' END)`,
  },
  // Casts between a range type and its multirange come and go with their type.
  from: `FROM pg_catalog.pg_cast c WHERE c.oid >= 16384 AND ${notOfExtension("pg_cast", "c.oid")} AND ${notOfObject("pg_cast", "c.oid")}`,
});

interface OtherKind {
  readonly catalog: string;
  readonly source: string;
  /** The catalog's column with the schema; undefined where these objects are in none. */
  readonly namespace: string | undefined;
  readonly facts: Readonly<Record<string, string>>;
}

/** Kinds that revisions seldom make, of which it is mostly known only whether they are there. */
const otherKinds: readonly OtherKind[] = [
  {
    catalog: "pg_operator",
    source: "operators",
    namespace: "oprnamespace",
    facts: { function: "o.oprcode::text" },
  },
  { catalog: "pg_opclass", source: "operator classes", namespace: "opcnamespace", facts: {} },
  { catalog: "pg_opfamily", source: "operator families", namespace: "opfnamespace", facts: {} },
  {
    catalog: "pg_collation",
    source: "collations",
    namespace: "collnamespace",
    facts: {
      provider: "o.collprovider::text",
      locale: "o.collcollate",
      determinism: "CASE WHEN NOT o.collisdeterministic THEN 'not deterministic' END",
    },
  },
  { catalog: "pg_conversion", source: "conversions", namespace: "connamespace", facts: {} },
  {
    catalog: "pg_ts_config",
    source: "text search configurations",
    namespace: "cfgnamespace",
    facts: {
      mapping: `(SELECT pg_catalog.string_agg(m.maptokentype || ' ' || m.mapdict::regdictionary, ', ' ORDER BY m.maptokentype, m.mapseqno)
        FROM pg_catalog.pg_ts_config_map m WHERE m.mapcfg = o.oid)`,
    },
  },
  {
    catalog: "pg_ts_dict",
    source: "text search dictionaries",
    namespace: "dictnamespace",
    facts: { options: "o.dictinitoption" },
  },
  { catalog: "pg_ts_parser", source: "text search parsers", namespace: "prsnamespace", facts: {} },
  { catalog: "pg_ts_template", source: "text search templates", namespace: "tmplnamespace", facts: {} },
  {
    catalog: "pg_foreign_data_wrapper",
    source: "foreign-data wrappers",
    namespace: undefined,
    facts: { options: sortedList("o.fdwoptions") },
  },
  {
    catalog: "pg_foreign_server",
    source: "foreign servers",
    namespace: undefined,
    facts: {
      wrapper: "(SELECT w.fdwname FROM pg_catalog.pg_foreign_data_wrapper w WHERE w.oid = o.srvfdw)",
      options: sortedList("o.srvoptions"),
      privileges: privileges("o.srvacl", defaultAcl("S", "o.srvowner")),
    },
  },
  { catalog: "pg_language", source: "languages", namespace: undefined, facts: {} },
  { catalog: "pg_transform", source: "transforms", namespace: undefined, facts: {} },
];

function otherObjects({ catalog, source, namespace, facts }: OtherKind): FactQuery {
  return objectQuery({
    source,
    kind: "named.type",
    name: "named.identity",
    path:
      namespace === undefined
        ? ["''", "named.identity"]
        : [
            "n.nspname",
            // The identity without the schema, which it always begins with.
            "pg_catalog.substr(named.identity, pg_catalog.length(pg_catalog.quote_ident(n.nspname)) + 2)",
          ],
    facts: { ...facts, comment: comment(catalog, "o.oid") },
    from: `FROM pg_catalog.${catalog} o
      ${namespace === undefined ? "" : `JOIN pg_catalog.pg_namespace n ON n.oid = o.${namespace}`}
      CROSS JOIN LATERAL pg_catalog.pg_identify_object('pg_catalog.${catalog}'::regclass, o.oid, 0) AS named
      WHERE o.oid >= 16384 AND ${notOfExtension(catalog, "o.oid")}`,
  });
}

/** The queries about everything that belongs to no relation. */
export function schemaFacts(serverVersion: number): readonly FactQuery[] {
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
    ...otherKinds.map(otherObjects),
  ];
}
