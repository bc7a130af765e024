import type { Node } from "libpg-query";
import type { Connection, StatementResult } from "../database/connection";
import { isAtLeast, type RelationEffect, type StatementEffects } from "../lint/effects";
import type { ParseSql } from "../lint/grammar";
import { parseNewer } from "../lint/newerSyntax";
import { nodeOf } from "../lint/syntaxTree";
import type { ObservedStatement } from "../run/statementObserver";
import { beginAnew } from "./freshTransaction";
import { knownLocks } from "./knownLocks";
import { readRelations, type RelationState } from "./relationStates";

type Relations = ReadonlyMap<string, RelationState>;

/** Looks at a scratch database before and after statements, each of which is run once. */
export class StatementMeter {
  /** By oid: what the measured run has made, so that nothing uses it yet. */
  private readonly made = new Set<string>();
  /** How many savepoints of the revision's own are set: a new transaction would end them. */
  private savepoints = 0;

  /** @param connection of a database of our own, which takes one statement at a time */
  constructor(
    private readonly connection: Connection,
    private readonly parse: ParseSql,
  ) {}

  /** @param isRun whether a run of its own begins, for which is old what was made until now */
  startRevision({ isRun }: { readonly isRun: boolean }): void {
    this.savepoints = 0;
    if (isRun) {
      this.made.clear();
    }
  }

  /**
   * Sends a statement, and gives what it did to the relations that were there before the run.
   * @throws what `send` throws
   */
  async measure(
    statement: Pick<ObservedStatement, "text" | "isInTransaction" | "isTried">,
    send: () => Promise<StatementResult>,
  ): Promise<{ readonly result: StatementResult; readonly effects: StatementEffects }> {
    if (this.followSavepoints(statement.text)) {
      return { result: await send(), effects: { locksAre: "measured", relations: [] } };
    }
    const before = await this.stateBefore(statement);
    const result = await send();
    const after = await readRelations(this.connection);
    const successors = successorsOf(before, after);
    const kept = new Set([...successors.values()].map(({ oid }) => oid));
    for (const oid of after.keys()) {
      if (!before.has(oid) && !kept.has(oid)) {
        this.made.add(oid);
      }
    }
    const now = new Map([...after, ...successors]);
    const nodes = this.nodesOf(statement.text);
    const effects = statement.isInTransaction
      ? this.effectsInside(before, now)
      : this.effectsOutside(nodes, before, now);
    // Making the indexes of the empty table reads it.
    const isEmptying = nodes?.every((node) => nodeOf(node, "TruncateStmt") !== undefined) === true;
    return { result, effects: isEmptying ? emptied(effects) : effects };
  }

  /** Undefined if the grammar does not know them. What only newer servers have is in older words, with the same locks. */
  private nodesOf(text: string): readonly Node[] | undefined {
    const parsed = parseNewer(this.parse, text);
    return parsed.kind === "parsed" ? parsed.statements.map(({ node }) => node) : undefined;
  }

  /** Whether a statement only sets, keeps or takes back a savepoint: after a failure, nothing can be asked before it. */
  private followSavepoints(text: string): boolean {
    const [, word] = /^\s*(SAVEPOINT|RELEASE|ROLLBACK)\b[^;]*(?:;\s*)?$/i.exec(text) ?? [];
    switch (word?.toUpperCase()) {
      case "SAVEPOINT":
        this.savepoints += 1;
        return true;
      case "RELEASE":
        this.savepoints = Math.max(0, this.savepoints - 1);
        return true;
      default:
        return word !== undefined;
    }
  }

  /** Locks that earlier statements hold would hide those of this one. */
  private async stateBefore({
    isInTransaction,
    isTried,
  }: Pick<ObservedStatement, "isInTransaction" | "isTried">): Promise<Relations> {
    const before = await readRelations(this.connection);
    const isHeld = [...before.values()].some(
      ({ oid, lock }) => lock !== undefined && lock !== "ACCESS SHARE" && !this.made.has(oid),
    );
    return isInTransaction &&
      !isTried &&
      this.savepoints === 0 &&
      isHeld &&
      (await beginAnew(this.connection))
      ? readRelations(this.connection)
      : before;
  }

  private effectsInside(before: Relations, after: Relations): StatementEffects {
    const found: RelationEffect[] = [];
    for (const [oid, now] of after) {
      const old = before.get(oid);
      const { lock } = now;
      const isGoneIndex = now.name === "" && old?.kind === "index";
      if (old === undefined || lock === undefined || this.made.has(oid) || isGoneIndex) {
        continue;
      }
      const change = changeOf(old, now);
      const isLockedHere = old.lock === undefined || (lock !== old.lock && isAtLeast(lock, old.lock));
      if (isLockedHere || change.isRewritten || change.isRead) {
        found.push({ ...named(old, now), lock, ...change });
      }
    }
    const told = found.filter(({ lock, isRead }) => isRead || lock !== "ACCESS SHARE");
    return { locksAre: "measured", relations: sorted(told) };
  }

  /** The locks are gone when it has ended, and the counters may be. */
  private effectsOutside(
    nodes: readonly Node[] | undefined,
    before: Relations,
    after: Relations,
  ): StatementEffects {
    const known = nodes?.map(knownLocks);
    const locks = known?.flatMap((each) => each ?? []) ?? [];
    const found: RelationEffect[] = [];
    for (const old of before.values()) {
      const lock = locks.find(({ relation }) => names(old, relation) || tableOfIndex(old, relation, before));
      const { isRewritten } = changeOf(old, after.get(old.oid));
      if (!this.made.has(old.oid) && (lock !== undefined || isRewritten)) {
        found.push({
          ...named(old, after.get(old.oid)),
          lock: lock?.lock ?? "ACCESS EXCLUSIVE",
          isRewritten,
          isEmptied: false,
          isRead: lock?.isRead === true && old.kind !== "index",
        });
      }
    }
    const isKnown = known?.every((each) => each !== undefined) === true;
    return { locksAre: isKnown ? "known" : "unknown", relations: sorted(found) };
  }
}

/** By the oid that each index had before: those that a change of a column has dropped and made again. */
function successorsOf(before: Relations, after: Relations): Relations {
  const address = ({ schema, name }: RelationState): string => JSON.stringify([schema, name]);
  const made = new Map(
    [...after.values()]
      .filter(({ oid, kind }) => kind === "index" && !before.has(oid))
      .map((state) => [address(state), state]),
  );
  return new Map(
    [...before.values()].flatMap((old): (readonly [string, RelationState])[] => {
      const isGone = old.kind === "index" && (after.get(old.oid)?.name ?? "") === "";
      const successor = isGone ? made.get(address(old)) : undefined;
      return successor === undefined ? [] : [[old.oid, successor]];
    }),
  );
}

/** A relation that is dropped has no state after it. */
function changeOf(
  old: RelationState,
  now: RelationState | undefined,
): Pick<RelationEffect, "isRewritten" | "isEmptied" | "isRead"> {
  return now === undefined || now.name === ""
    ? { isRewritten: false, isEmptied: false, isRead: false }
    : {
        isRewritten: now.file !== old.file,
        isEmptied: false,
        isRead: now.kind !== "index" && now.scans !== old.scans,
      };
}

/** A relation is called as it is when the statement has ended. */
function named(
  old: RelationState,
  now: RelationState | undefined,
): Pick<RelationEffect, "schema" | "name" | "label" | "kind"> {
  const { schema, name, label, kind } = now === undefined || now.name === "" ? old : now;
  return { schema, name, label, kind };
}

function names({ schema, name, label }: RelationState, written: string): boolean {
  return written === label || written === `${schema}.${name}`;
}

/** Whether a relation is the table of an index of this name. */
function tableOfIndex({ oid }: RelationState, index: string, all: Relations): boolean {
  return [...all.values()].some((other) => other.table === oid && names(other, index));
}

/** What TRUNCATE does. */
function emptied({ locksAre, relations }: StatementEffects): StatementEffects {
  return {
    locksAre,
    relations: relations.map((effect) =>
      effect.isRewritten ? { ...effect, isRewritten: false, isEmptied: true, isRead: false } : effect,
    ),
  };
}

function sorted(effects: readonly RelationEffect[]): readonly RelationEffect[] {
  return [...effects].sort((left, right) => (left.label < right.label ? -1 : 1));
}
