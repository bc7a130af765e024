import * as z from "zod";
import { agentTools } from "../../../src/agentTools/toolTable";
import { differencesOutput, finding, tripFailure } from "../../../src/outputs/checkOutput";
import { failure } from "../../../src/outputs/errorOutput";
import { outputTable } from "../../../src/outputs/outputTable";
import { database, revision } from "../../../src/outputs/revisionOutput";
import { run, step } from "../../../src/outputs/runOutput";
import { cell } from "./operationsPage";

/** What several outputs consist of: it has a table of its own, and the others lead there. */
const records: readonly { readonly name: string; readonly schema: z.ZodType; readonly link: string }[] = [
  { name: "revision", schema: revision, link: "[revision](#revisions)" },
  { name: "database", schema: database, link: "[database](#the-database)" },
  { name: "step", schema: step, link: "[step](#runs)" },
  { name: "run", schema: run, link: "[run](#runs)" },
  { name: "failure", schema: failure, link: "[failure](#errors)" },
  { name: "trip failure", schema: tripFailure, link: "[failure of a round trip](#round-trips)" },
  { name: "finding", schema: finding, link: "[finding](#lint)" },
  {
    name: "differences",
    schema: differencesOutput,
    link: "[differences](#differences-from-the-entities)",
  },
];

const begin = /^<!-- output:begin (.+) -->$/;
const end = "<!-- output:end -->";

/** A page with each of its tables as the schemas are, and the names of the tables that it has. */
export function withTables(page: string): { readonly text: string; readonly names: readonly string[] } {
  const names: string[] = [];
  const lines: string[] = [];
  let isInside = false;
  for (const line of page.split("\n")) {
    const [, name] = begin.exec(line) ?? [];
    isInside &&= line !== end;
    if (!isInside) {
      lines.push(line);
    }
    if (name !== undefined) {
      names.push(name);
      lines.push("", tables.get(name) ?? "", "");
      isInside = true;
    }
  }
  return { text: lines.join("\n"), names };
}

/** The part of the page that describes the output of a command. */
const sections: Readonly<Record<keyof typeof outputTable, string>> = {
  current: "the-database",
  status: "the-database",
  history: "revisions",
  heads: "revisions",
  branches: "revisions",
  "branches --check": "branch-checks",
  show: "revisions",
  upgrade: "runs",
  downgrade: "runs",
  stamp: "runs",
  ensure_version: "runs",
  init: "files",
  list_templates: "files",
  revision: "files",
  merge: "files",
  "merge --check": "branch-checks",
  edit: "files",
  check: "differences-from-the-entities",
  rebase: "rebase",
  squash: "squash",
  "squash --prune": "squash",
  test: "round-trips",
  verify: "round-trips",
  drift: "drift",
  lint: "lint",
  adopt: "adopted-typeorm-migrations",
  convert: "files",
};

/** Every table that the page must have, by its name. */
export const tables: ReadonlyMap<string, string> = new Map([
  ...records.map(({ name, schema }) => [`record ${name}`, tableOf(schema)] as const),
  ["commands", commandTable()],
  ...Object.entries(outputTable)
    .filter(([name, schema]) => recordOf(schema) === undefined && !isList(schema) && isFirst(name, schema))
    .map(([name, schema]) => [name, topTable(schema)] as const),
  ...agentTools.map(({ name, output }) => [`tool ${name}`, topTable(output)] as const),
]);

function commandTable(): string {
  const rows = Object.entries(sections).map(
    ([name, section]) => `| \`${name}\` | [${section.replaceAll("-", " ")}](#${section}) |`,
  );
  return ["| command | prints |", "| --- | --- |", ...rows].join("\n");
}

function isList(schema: z.ZodType): boolean {
  return schema instanceof z.ZodArray && recordOf(schema.element as z.ZodType) !== undefined;
}

/** Commands that print the same have one table. */
function isFirst(name: string, schema: z.ZodType): boolean {
  return Object.entries(outputTable).find(([, each]) => each === schema)?.[0] === name;
}

/** A list of objects, or one or the other, is said in words. */
function topTable(schema: z.ZodType): string {
  if (recordOf(schema) !== undefined) {
    return `A ${recordOf(schema) ?? ""}.`;
  }
  if (schema instanceof z.ZodArray) {
    const entry = schema.element as z.ZodType;
    const record = recordOf(entry);
    return record === undefined ? `A list of objects:\n\n${tableOf(entry)}` : `A list of the type ${record}.`;
  }
  if (schema instanceof z.ZodUnion && !(schema instanceof z.ZodDiscriminatedUnion)) {
    const [one, many] = schema.options as readonly z.ZodType[];
    return one === undefined || many === undefined
      ? ""
      : `${topTable(one)}\n\nFor several databases: ${topTable(many).replace(/^A/, "a")}`;
  }
  return tableOf(schema);
}

interface Row {
  readonly key: string;
  readonly type: string;
  readonly meaning: string;
}

function tableOf(schema: z.ZodType): string {
  const rows = rowsOf(schema, "").map(
    ({ key, type, meaning }) => `| \`${key}\` | ${type} | ${cell(meaning)} |`,
  );
  return ["| key | type | meaning |", "| --- | --- | --- |", ...rows].join("\n");
}

function rowsOf(schema: z.ZodType, prefix: string): readonly Row[] {
  if (schema instanceof z.ZodDiscriminatedUnion) {
    return unionRows(schema.options as readonly z.ZodObject[], schema.def.discriminator, prefix);
  }
  return schema instanceof z.ZodObject
    ? Object.entries(schema.shape).flatMap(([key, value]) => keyRows(`${prefix}${key}`, value as z.ZodType))
    : [];
}

/** One row for each key of the union; of a key that not every kind has, it is said which have it. */
function unionRows(options: readonly z.ZodObject[], kind: string, prefix: string): readonly Row[] {
  const keys = [...new Set(options.flatMap(({ shape }) => Object.keys(shape)))];
  return keys.flatMap((key) => {
    const having = options.filter(({ shape }) => key in shape);
    const values = having.map(({ shape }) => shape[key] as z.ZodType);
    const [value] = values;
    if (value === undefined) {
      return [];
    }
    if (key === kind) {
      const meaning = values.map((each) => `${typeOf(each)}: ${descriptionOf(each)}`).join(" ");
      return [{ key: `${prefix}${key}`, type: values.map(typeOf).join(", "), meaning }];
    }
    const [first, ...more] = keyRows(`${prefix}${key}`, value);
    const kinds = having.map(({ shape }) => typeOf(shape[kind] as z.ZodType)).join(" or ");
    const only = having.length === options.length ? "" : `If \`${kind}\` is ${kinds}: `;
    return first === undefined
      ? []
      : [{ ...first, meaning: `${only}${lowered(first.meaning, only)}` }, ...more];
  });
}

function lowered(text: string, before: string): string {
  return before === "" ? text : text.charAt(0).toLowerCase() + text.slice(1);
}

function keyRows(key: string, schema: z.ZodType): readonly Row[] {
  const { inner, isOptional } = unwrapped(schema);
  const isList = inner instanceof z.ZodArray;
  const content = isList ? (inner.element as z.ZodType) : inner;
  return [
    { key, type: `${typeOf(schema)}${isOptional ? ", optional" : ""}`, meaning: descriptionOf(schema) },
    ...(recordOf(content) === undefined ? rowsOf(content, `${key}${isList ? "[]" : ""}.`) : []),
  ];
}

/** The type without what may be absent or null. */
function unwrapped(schema: z.ZodType): { readonly inner: z.ZodType; readonly isOptional: boolean } {
  if (schema instanceof z.ZodOptional) {
    return { inner: unwrapped(schema.unwrap() as z.ZodType).inner, isOptional: true };
  }
  return schema instanceof z.ZodNullable
    ? { ...unwrapped(schema.unwrap() as z.ZodType), isOptional: false }
    : { inner: schema, isOptional: false };
}

function descriptionOf(schema: z.ZodType): string {
  const isWrapped = schema instanceof z.ZodOptional || schema instanceof z.ZodNullable;
  return schema.description ?? (isWrapped ? descriptionOf(schema.unwrap() as z.ZodType) : "");
}

function typeOf(schema: z.ZodType): string {
  const record = recordOf(schema);
  if (record !== undefined) {
    return record;
  }
  if (schema instanceof z.ZodOptional) {
    return typeOf(schema.unwrap() as z.ZodType);
  }
  if (schema instanceof z.ZodNullable) {
    return `${typeOf(schema.unwrap() as z.ZodType)}, \`null\``;
  }
  if (schema instanceof z.ZodArray) {
    const entry = typeOf(schema.element as z.ZodType);
    return `list of ${/^[a-z]+$/.test(entry) ? `${entry}s` : entry}`;
  }
  if (schema instanceof z.ZodLiteral || schema instanceof z.ZodEnum) {
    const values: readonly unknown[] = schema instanceof z.ZodEnum ? schema.options : [...schema.values];
    return values.map((value) => `\`${String(value)}\``).join(", ");
  }
  if (schema instanceof z.ZodUnion && !(schema instanceof z.ZodDiscriminatedUnion)) {
    return (schema.options as readonly z.ZodType[]).map(typeOf).join(", ");
  }
  return schema instanceof z.ZodNumber
    ? schema.format === null
      ? "number"
      : "integer"
    : schema instanceof z.ZodString
      ? "string"
      : schema instanceof z.ZodBoolean
        ? "boolean"
        : "object";
}

/** A schema that is only described otherwise is the same record. */
function recordOf(schema: z.ZodType): string | undefined {
  return records.find((record) => record.schema.def === schema.def)?.link;
}
