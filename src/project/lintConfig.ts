/** How much a finding of a rule weighs; `off` is not looked for. */
export type RuleLevel = "error" | "warning" | "info" | "off";

/** A project's `lint` key, with all defaults filled in. */
export interface LintConfig {
  /** Major version of the servers that the revisions are for; undefined where nobody says it. */
  readonly targetVersion: number | undefined;
  /** By the rules' codes. */
  readonly rules: ReadonlyMap<string, RuleLevel>;
  /** Ids of revisions in which nothing is looked for. */
  readonly ignoredRevisions: ReadonlySet<string>;
}

export const noLintConfig: LintConfig = {
  targetVersion: undefined,
  rules: new Map(),
  ignoredRevisions: new Set(),
};

/** What is wrong with a `lint` key: which part of it, and what that must be. */
export interface LintConfigFault {
  readonly key: string;
  readonly message: string;
}

const levels: ReadonlySet<unknown> = new Set(["error", "warning", "info", "off"]);

/**
 * Reads the `lint` key of a configuration of any form: an ini file has the rules beside the other keys, and texts for lists.
 * What is wrong is left out, and told.
 */
export function readLintConfig(value: unknown): {
  readonly config: LintConfig;
  readonly faults: readonly LintConfigFault[];
} {
  if (value === undefined || value === null) {
    return { config: noLintConfig, faults: [] };
  }
  if (typeof value !== "object" || Array.isArray(value)) {
    return { config: noLintConfig, faults: [{ key: "lint", message: "must be an object" }] };
  }
  const faults: LintConfigFault[] = [];
  const rules = new Map<string, RuleLevel>();
  let { targetVersion, ignoredRevisions } = noLintConfig;
  const readRules = (entries: readonly (readonly [string, unknown])[], prefix: string): void => {
    for (const [code, level] of entries) {
      if (levels.has(level)) {
        rules.set(code, level as RuleLevel);
      } else {
        faults.push({ key: `${prefix}${code}`, message: "must be error, warning, info or off" });
      }
    }
  };
  for (const [name, item] of entriesOf(value)) {
    switch (name) {
      case "targetVersion":
      case "target_version":
        targetVersion = /^\d{1,2}$/.test(String(item)) ? Number(item) : undefined;
        if (targetVersion === undefined) {
          faults.push({ key: "lint.targetVersion", message: "must be a major version of PostgreSQL, as 16" });
        }
        break;
      case "ignoreRevisions":
      case "ignore_revisions":
        ignoredRevisions = new Set(listOf(item));
        break;
      case "rules":
        readRules(entriesOf(item), "lint.rules.");
        break;
      default:
        readRules([[name, item]], "lint.");
    }
  }
  return { config: { targetVersion, rules, ignoredRevisions }, faults };
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  if (value instanceof Map) {
    return [...(value as ReadonlyMap<string, unknown>)];
  }
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

function listOf(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : String(value).split(/[\s,]+/);
  return list.filter((item): item is string => typeof item === "string" && item !== "");
}
