import type { CommandContext } from "../context/commandContext";
import type { CatalogObject } from "../database/catalogFacts/readCatalogFacts";
import type { ParseSql } from "../lint/grammar";
import type { BranchPair } from "../revision/branchPairs";
import type { GraphRevision } from "../revision/graph";
import { readObjects, readOwnTables } from "../roundTrip/schemaSnapshot";
import { keptOfStatement } from "../roundTrip/scratch";
import type { Applied, BranchGround } from "./branchGround";
import { areApart, changedNames, type ChangedNames, type Footprint } from "./footprint";
import type { Judgement } from "./judgePair";
import { mentionedNames, type MentionedNames } from "./statementNames";
import { dependenciesOf, lockedRelations, type Dependencies, type LockedRelation } from "./touchedObjects";

/** A branch that was applied by itself. */
interface SeenBranch {
  readonly footprint: Footprint;
  readonly dataSteps: readonly string[];
}

/**
 * What branches touch, each applied once by itself: of two that touch no common object, neither order needs to be run. What a
 * statement names is read from its text; what else it touches, from the locks and the catalog of the scratch database.
 */
export class BranchFootprints {
  /** By the revisions below and of a branch; undefined where it is not known what it touches. */
  private readonly seen = new Map<string, SeenBranch | undefined>();

  constructor(
    private readonly context: CommandContext,
    private readonly ground: BranchGround,
    private readonly parse: ParseSql,
  ) {}

  /**
   * The verdict on two branches that touch no common object; undefined where they do, or where that is not known.
   * @throws MigrationError, DatabaseError, LoadError where what they share can't be applied
   */
  async judge({ shared, left, right }: BranchPair): Promise<Judgement | undefined> {
    const first = await this.see(shared, left);
    const second = first && (await this.see(shared, right));
    return first && second && areApart(first.footprint, second.footprint)
      ? { verdict: { kind: "commutes" }, dataSteps: [...first.dataSteps, ...second.dataSteps] }
      : undefined;
  }

  private async see(
    shared: readonly GraphRevision[],
    branch: readonly GraphRevision[],
  ): Promise<SeenBranch | undefined> {
    const key = JSON.stringify([shared, branch].map((part) => part.map(({ revision }) => revision)));
    if (!this.seen.has(key)) {
      this.seen.set(key, await this.look(shared, branch));
    }
    return this.seen.get(key);
  }

  private async look(
    shared: readonly GraphRevision[],
    branch: readonly GraphRevision[],
  ): Promise<SeenBranch | undefined> {
    const { scratch, objects } = await this.ground.before(shared);
    const found = await this.ground.visit(shared, branch, (applied) => this.footprintOf(applied, objects));
    if (found === undefined) {
      return undefined;
    }
    // What the branch has dropped is there again.
    const { footprint, dataSteps } = found;
    const before = await dependenciesOf(scratch.connection, [...footprint.used], dataSteps.length > 0);
    return before.mayRunCode ? undefined : { footprint: withDependencies(footprint, before), dataSteps };
  }

  private async footprintOf(
    { statements, dataSteps, isSessionChanged, scratch: { connection } }: Applied,
    before: Parameters<typeof changedNames>[0],
  ): Promise<SeenBranch | undefined> {
    const { config } = this.context;
    // First of all: what reads the catalog locks as well.
    const locked = await lockedRelations(connection, await readOwnTables(connection, config));
    const mentioned = this.mentionedIn(statements);
    const present = await readObjects(connection, config);
    if (mentioned === undefined || isSessionChanged || schemasOf(before) !== schemasOf(present)) {
      return undefined;
    }
    const footprint = footprintFrom(mentioned, locked, changedNames(before, present));
    const after = await dependenciesOf(connection, [...footprint.used], dataSteps.length > 0);
    return after.mayRunCode ? undefined : { footprint: withDependencies(footprint, after), dataSteps };
  }

  private mentionedIn(statements: readonly string[]): MentionedNames | undefined {
    return statements.some((statement) => statement.length >= keptOfStatement)
      ? undefined
      : mentionedNames(statements, this.parse);
  }
}

/** A schema that comes or goes may change where all names are found that stand without one. */
function schemasOf(objects: readonly CatalogObject[]): string {
  return JSON.stringify(objects.filter(({ kind }) => kind === "schema").map(({ name }) => name));
}

function footprintFrom(
  mentioned: MentionedNames,
  locked: readonly LockedRelation[],
  changed: ChangedNames,
): Footprint {
  const isOnlyWidened = (name: string): boolean =>
    mentioned.widened.has(name) && !mentioned.written.has(name);
  const written = new Set([
    ...mentioned.written,
    ...changed.written,
    ...changed.widened.filter((name) => !isOnlyWidened(name)),
    ...locked
      .filter(({ name, areRowsChanged, isChanged }) => areRowsChanged || (isChanged && !isOnlyWidened(name)))
      .map(({ name }) => name),
  ]);
  const widened = new Set([...mentioned.widened].filter((name) => !written.has(name)));
  const others = locked.filter(({ table }) => !mentioned.referenced.has(table)).map(({ name }) => name);
  return {
    written,
    widened,
    used: new Set([...written, ...widened, ...mentioned.read, ...others]),
    referenced: mentioned.referenced,
  };
}

function withDependencies(footprint: Footprint, { names, referenced }: Dependencies): Footprint {
  return {
    ...footprint,
    used: new Set([...footprint.used, ...names]),
    referenced: new Set([...footprint.referenced, ...referenced]),
  };
}
