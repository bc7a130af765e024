import type { Node } from "libpg-query";
import { isAtLeast, notableEffects, type MeasuredStatement } from "./effects";
import type { CalledStatement, Found } from "./finding";
import { addedColumn, constraintsOf, hasConstraint, isSerial } from "./rules/columns";
import { rewriteRules } from "./rules/rewrites";
import { measuredRules } from "./rules/measured";
import { isChange, nodeOf, tableChanges } from "./syntaxTree";

/** What the statements of a revision were measured to do, in the order in which they ran. */
export interface RevisionMeasurement {
  readonly statements: readonly MeasuredStatement[];
  /** Major version of the PostgreSQL that was measured. */
  readonly serverVersion: number;
  /** Whether its TimeZone is that of the database that the revisions are for. */
  readonly isTimeZoneKnown: boolean;
}

const claimsToRewrite: ReadonlyMap<string, number | undefined> = new Map(
  rewriteRules.map(({ code, until }) => [code, until]),
);

const claimsToRead: ReadonlySet<string> = new Set([
  "attach-partition-scans",
  "check-constraint-scans",
  "domain-constraint-scans",
  "foreign-key-scans",
  "not-null-scans",
  "primary-key-builds-index",
  "unique-constraint-builds-index",
]);

/**
 * Holds what the rules find against what was measured: a claim that the measurement contradicts is left out, one that was
 * only possible becomes certain, and what the rules have missed is added.
 */
export function measureFindings(
  found: readonly Found[],
  statements: readonly CalledStatement[],
  measurement: RevisionMeasurement,
  text: string,
): readonly Found[] {
  const kept = found.flatMap((each): readonly Found[] => {
    const measured = measurementsOf(each.call, each.sql, measurement);
    if (measured.length === 0) {
      return [each];
    }
    if (isRefuted(each, measured, measurement)) {
      return [];
    }
    const { possible, ...rest } = each;
    const effects = measured.find((one) => notableEffects(one).length > 0) ?? measured[0];
    const isShown = possible !== undefined && measured.some(rewrites);
    return [
      {
        ...(isShown ? { ...rest, message: possible.certainly } : each),
        ...(effects === undefined ? {} : { measured: effects }),
      },
    ];
  });
  return [...kept, ...missed(kept, statements, measurement, text)];
}

/** Of the statements that a call has sent, those that this SQL is part of. */
function measurementsOf(
  call: Found["call"],
  sql: string,
  { statements }: RevisionMeasurement,
): readonly MeasuredStatement[] {
  return sql === ""
    ? []
    : statements.filter(
        ({ offset, text }) =>
          offset !== undefined &&
          call.start <= offset &&
          offset < call.end &&
          spaced(text).includes(spaced(sql)),
      );
}

function spaced(sql: string): string {
  return sql.replace(/\s+/g, " ").trim();
}

function rewrites({ relations }: MeasuredStatement): boolean {
  return relations.some(({ kind, isRewritten }) => isRewritten && kind !== "index");
}

function isRefuted(
  { code, possible }: Found,
  measured: readonly MeasuredStatement[],
  { serverVersion, isTimeZoneKnown }: RevisionMeasurement,
): boolean {
  if (claimsToRewrite.has(code)) {
    const until = claimsToRewrite.get(code);
    const isComparable =
      (until === undefined || serverVersion < until) &&
      (possible?.dependsOn !== "time zone" || isTimeZoneKnown);
    return isComparable && !measured.some(rewrites);
  }
  return claimsToRead.has(code) && !measured.some(({ relations }) => relations.some(({ isRead }) => isRead));
}

/** What was measured, and no rule tells. */
function missed(
  kept: readonly Found[],
  statements: readonly CalledStatement[],
  { statements: measured }: RevisionMeasurement,
  text: string,
): readonly Found[] {
  return measured.flatMap((each): readonly Found[] => {
    const { offset } = each;
    const told = kept.filter((finding) => finding.measured === each || covers(finding, each));
    const code = rewrites(each) ? "rewrite" : readsUnderLock(each) ? "read" : undefined;
    const isTold = told.some((finding) =>
      code === "rewrite"
        ? claimsToRewrite.has(finding.code) || finding.code === "refresh-not-concurrent"
        : finding.sql !== "",
    );
    if (code === undefined || isTold || offset === undefined) {
      return [];
    }
    const statement = statements.find(
      ({ call, text: sql }) =>
        call.start <= offset && offset < call.end && spaced(each.text).includes(spaced(sql)),
    );
    const rule = ruleOf(code, statement?.node);
    const range = statement?.range ?? wordAt(text, offset);
    return [
      {
        ...rule,
        message: describeMissed(code, each),
        range,
        call: statement?.call ?? range,
        sql: statement?.text ?? each.text,
        measured: each,
      },
    ];
  });
}

function covers({ call, sql }: Found, { offset, text }: MeasuredStatement): boolean {
  return (
    offset !== undefined && call.start <= offset && offset < call.end && spaced(text).includes(spaced(sql))
  );
}

/** Whether writers wait while all rows are read. */
function readsUnderLock({ relations }: MeasuredStatement): boolean {
  return relations.some(({ isRead, lock, kind }) => isRead && kind === "table" && isAtLeast(lock, "SHARE"));
}

/** The rule that is about such a statement. */
function ruleOf(
  effect: "rewrite" | "read",
  node: Node | undefined,
): { readonly code: string; readonly safe: string } {
  const code = effect === "read" ? "reads-under-lock" : ((node && codeOfRewrite(node)) ?? "rewrites-table");
  const rule = [...rewriteRules, ...measuredRules].find((each) => each.code === code);
  return { code, safe: rule?.safe ?? "" };
}

function codeOfRewrite(node: Node): string | undefined {
  for (const change of tableChanges(node)) {
    const column = addedColumn(change);
    if (isChange(change, "AT_AlterColumnType")) {
      return "column-type-rewrites";
    }
    if (column !== undefined) {
      return isSerial(column) || hasConstraint(column, "CONSTR_IDENTITY")
        ? "auto-increment-column-rewrites"
        : constraintsOf(column).some(({ contype }) => contype === "CONSTR_GENERATED")
          ? "stored-generated-column-rewrites"
          : "volatile-default-rewrites";
    }
  }
  return nodeOf(node, "ClusterStmt") === undefined ? undefined : "cluster-rewrites";
}

function wordAt(text: string, offset: number): Found["range"] {
  const word = /^[\w$]+/.exec(text.slice(offset, offset + 100))?.[0] ?? "";
  return { start: offset, end: offset + word.length };
}

function describeMissed(effect: "rewrite" | "read", { relations }: MeasuredStatement): string {
  const names = relations
    .filter(
      ({ kind, isRewritten, isRead }) => kind !== "index" && (effect === "rewrite" ? isRewritten : isRead),
    )
    .map(({ label }) => label)
    .join(", ");
  return effect === "rewrite"
    ? `Rewriting ${names} blocks reads and writes.`
    : `All rows of ${names} are read under a lock that blocks writes.`;
}
