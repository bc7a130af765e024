import type { LintOptions, LintResult } from "./lintCommand";
import type { DriftOptions, DriftResult } from "./driftCommand";
import type { AdoptOptions, AdoptResult } from "./adoptCommand";
import type { GraphRevision } from "../revision/graph";
import type { PairOutcome } from "./commuteOutcome";
import type { DataTestOutcome } from "./dataTestOutcome";
import type { CommandEvent, DatabaseDescription, StepSummary } from "./events";
import type { ConvertOptions, ConvertResult } from "./convertCommand";
import type { PruneOptions, PruneResult, SquashOptions, SquashResult } from "./squashCommand";
import type { RoundTripFailure, RoundTripOutcome } from "./roundTripOutcome";

/** What identifies a plan that somebody was shown: where it was made, and its steps. */
export interface ConfirmedPlan {
  readonly database: DatabaseDescription;
  /** With its schema, where it has one: `public.alembic_version`. */
  readonly versionTable: string;
  /** Of the version table, in the order in which the database gives them. */
  readonly rows: readonly string[];
  readonly steps: readonly StepSummary[];
  /** Digests of the revision files of the steps, step by step. */
  readonly files?: readonly string[];
}

/** How a plan that was made is approved. */
export interface PlanApproval {
  /** To be given in `approved`; undefined where only a person may have it. */
  readonly id: string | undefined;
  /** What the steps may do to data that is there, in sentences. */
  readonly losses: readonly string[];
  /** Why there is no id, and how a person gets it. */
  readonly withheld?: string;
  /** The SQL of each step that the id stands for; null where it is known only in a run. Only with an id. */
  readonly statements?: readonly (readonly string[] | null)[];
}

export interface UpgradeOptions {
  /** `head`, `heads`, `+2`, `ae10`, `label@head`, or `from:to` together with `sql`. */
  readonly target: string;
  /** Give the SQL of the run and run nothing. */
  readonly sql?: boolean;
  /** List the steps and run nothing; `approval` also gives the id by which the plan is approved. */
  readonly plan?: boolean | "approval";
  /** The id of a plan: run the plan that has it, or nothing. */
  readonly approved?: string;
  /** Free text that reaches the project's hooks as `context.tag`. */
  readonly tag?: string;
  /** Dump the database with `pg_dump` before anything is changed; the config's `backup` when left out. */
  readonly backup?: boolean;
  /** Run this plan or nothing. */
  readonly confirmed?: ConfirmedPlan;
}

export type DowngradeOptions = UpgradeOptions;

export interface StampOptions {
  readonly targets: readonly string[];
  /** Empty the version table first, whatever it holds. */
  readonly purge?: boolean;
  readonly sql?: boolean;
  /** List the steps and change nothing; `approval` also gives the id by which the plan is approved. */
  readonly plan?: boolean | "approval";
  /** The id of a plan: run the plan that has it, or nothing. */
  readonly approved?: string;
  readonly tag?: string;
  /** Run this plan or nothing. */
  readonly confirmed?: ConfirmedPlan;
}

/** What a run did, would do (`plan`), or would send (`sql`). */
export type MigrationRunResult =
  | {
      readonly kind: "ran";
      readonly database: DatabaseDescription;
      readonly steps: readonly StepSummary[];
      /** Rows of the version table after the run. */
      readonly heads: readonly string[];
    }
  | ({
      readonly kind: "plan";
      /** Rows of the version table after the steps. */
      readonly heads: readonly string[];
      /** Where it was asked for. */
      readonly approval?: PlanApproval;
    } & ConfirmedPlan)
  | { readonly kind: "sql"; readonly text: string };

export interface CurrentOptions {
  /** Fail unless the database is at every head. */
  readonly checkHeads?: boolean;
}

export interface CurrentResult {
  readonly database: DatabaseDescription;
  /** Rows of the version table, sorted. */
  readonly rows: readonly string[];
  readonly revisions: readonly { readonly revision: GraphRevision; readonly isEffective: boolean }[];
}

/** Where the database stands, for marks on a picture of the revisions; never fails for rows that no file knows. */
export interface StatusResult {
  readonly database: DatabaseDescription;
  readonly rows: readonly string[];
  /** Revisions that the rows imply, dependencies included. */
  readonly applied: readonly string[];
  readonly pending: readonly string[];
  /** Of which the rows do not tell: one names no revision file, or the chain below them is broken. */
  readonly uncertain: readonly string[];
  /** Rows that name no revision file. */
  readonly unknownRows: readonly string[];
}

export interface HistoryOptions {
  /** `a:b`, `a:`, `:b`; both ends are included. */
  readonly range?: string;
  /** Ask the database, and mark its revisions. */
  readonly indicateCurrent?: boolean;
}

/** Revisions in the order in which they are printed. */
export interface RevisionListResult {
  readonly revisions: readonly GraphRevision[];
  /** Rows of the version table where the database was asked, else undefined: unknown. */
  readonly currentRows: readonly string[] | undefined;
}

export interface HeadsOptions {
  /** Leave out heads that another revision depends on. */
  readonly resolveDependencies?: boolean;
}

export interface ShowOptions {
  readonly revision: string;
}

export interface NewRevisionOptions {
  readonly message: string;
  readonly revisionId?: string;
  /** Parent of the new revision; `head` when left out. */
  readonly head?: string;
  readonly splice?: boolean;
  readonly branchLabels?: readonly string[];
  readonly dependsOn?: readonly string[];
  /** One of the configured version locations. */
  readonly versionPath?: string;
  /** Fill the file with the difference between the entities and the database. */
  readonly autogenerate?: boolean;
  /** Give the file's text and write nothing. */
  readonly dryRun?: boolean;
  /** Answers to questions about renames: `users.name:users.full_name`. */
  readonly renames?: readonly string[];
  /** Take nothing for renamed, and ask nothing about it. */
  readonly noRenames?: boolean;
  /** What only the database has and is to be dropped: `users`, `media.duration`, `view active_users`. */
  readonly drops?: readonly string[];
  /** What only the database has and is to stay: it is not asked about again. */
  readonly keeps?: readonly string[];
  /** Whether globs of the DataSource may match nothing; the config's `allowEmptyGlobs` when left out. */
  readonly allowEmptyGlobs?: boolean;
  /**
   * Autogenerate against what the revisions make on an embedded PostgreSQL, not against a database. `where-needed`: only
   * where no database is named, or the one that is does not answer.
   */
  readonly offline?: boolean | "where-needed";
  /** Made before, and to be printed again for another message: nothing is compared. */
  readonly bodies?: RevisionBodies;
}

/** The statements of a revision's two functions, as TypeScript. */
export interface RevisionBodies {
  readonly upgrade: string;
  readonly downgrade: string;
  /** Whether both stand in a function as prettier lays them out by default. @default false */
  readonly isLaidOut?: boolean;
}

export type CheckOptions = Pick<
  NewRevisionOptions,
  "renames" | "noRenames" | "drops" | "keeps" | "allowEmptyGlobs" | "offline"
>;

/** What the entities were compared with. */
export type ComparedWith =
  | {
      readonly kind: "database";
      readonly database: DatabaseDescription;
      /** Of the version table. */
      readonly rows: readonly string[];
    }
  /** What the revisions make on an embedded PostgreSQL. */
  | {
      readonly kind: "revisions";
      readonly reason: "asked-for" | "no-database" | "tenants" | "unreachable";
      /** Of the database that did not answer. */
      readonly failure: string | undefined;
    };

/** What autogenerate found. */
export interface AutogenerateReport {
  readonly comparedWith: ComparedWith;
  /** A few words for each operation; none: the database is as the entities say. */
  readonly operations: readonly string[];
  /** What may lose data, fail or take long. */
  readonly warnings: readonly { readonly code: string; readonly text: string }[];
  /** Possible renames that nobody has answered; they are written as drop and add. */
  readonly questions: readonly {
    readonly kind: "table" | "column" | "enum" | "enumValue";
    readonly from: string;
    readonly to: string;
    /** What to give in `renames` for yes. */
    readonly answer: string;
    readonly score: number;
  }[];
  /** Made by a revision, and described by no entity any more: left alone until somebody says that it goes. */
  readonly undecided: readonly {
    readonly kind: "table" | "column";
    /** What to give in `drops` or `keeps`. */
    readonly name: string;
    /** That made the table, where it is known. */
    readonly revision: string | undefined;
  }[];
  /** Only in the database, left alone, and not mentioned in a revision yet. */
  readonly drift: readonly string[];
}

export interface CheckBranchesOptions {
  /** Symbols of the revisions that are compared pair by pair; all heads if left out. */
  readonly revisions?: readonly string[];
}

export interface CheckBranchesResult {
  /** Each two of them of which neither stands on the other. */
  readonly pairs: readonly PairOutcome[];
}

export interface MergeOptions {
  readonly revisions: readonly string[];
  /** Write it only if the branches give the same schema in either order. */
  readonly auto?: boolean;
  readonly message?: string;
  readonly revisionId?: string;
  readonly branchLabels?: readonly string[];
  readonly splice?: boolean;
}

export interface RebaseOptions {
  /** A symbol of the branch's head; what Git does not have on the main branch if left out. */
  readonly branch?: string;
  /** A symbol of the revision that the branch is put on; the head that Git has on the main branch if left out. */
  readonly onto?: string;
  /** A commit of Git that counts instead of the main branch. */
  readonly since?: string;
  /** Give what would change, and change nothing. */
  readonly dryRun?: boolean;
  /** Ask no database whether the revisions are applied. */
  readonly offline?: boolean;
}

export interface RebaseResult {
  readonly kind: "moved" | "in-place" | "only-head";
  /** The first revision of the branch, whose parent changes; where nothing does, the head. */
  readonly revision: string;
  readonly onto: string;
  /** Its parents before. */
  readonly from: readonly string[];
  /** All that move with it, in the order of the graph. */
  readonly moved: readonly string[];
  /** The file that changes; empty where none does. */
  readonly path: string;
  readonly isWritten: boolean;
  /** The databases that were asked, by the names of their environments. */
  readonly databases: readonly string[];
}

export interface NewRevisionResult {
  readonly revision: string;
  readonly path: string;
  readonly text: string;
  readonly isWritten: boolean;
  /** What was found, where the file was autogenerated. */
  readonly autogenerated?: AutogenerateReport;
  /** What it takes to print or write an autogenerated file later, which was not written now. */
  readonly prepared?: {
    readonly bodies: RevisionBodies;
    readonly message: string;
    /** Of the graph, when the file's parents were found. */
    readonly heads: readonly string[];
  };
}

export interface WriteRevisionOptions {
  readonly revision: string;
  /** One that `revision` gave. */
  readonly path: string;
  readonly text: string;
  /** What the text was made for: the heads of the graph, and the rows of the version table. */
  readonly madeFor: {
    readonly heads: readonly string[];
    /** Undefined: it was compared with no database. */
    readonly rows: readonly string[] | undefined;
  };
  /** Write it even where these are others by now. */
  readonly force?: boolean;
}

export interface EnsureVersionOptions {
  readonly sql?: boolean;
}

export type EnsureVersionResult =
  | {
      readonly kind: "ensured";
      readonly database: DatabaseDescription;
      /** With its schema, where it has one: `public.alembic_version`. */
      readonly versionTable: string;
      /** False where it was there; undefined where Python's Alembic was asked, which does not say. */
      readonly isCreated: boolean | undefined;
    }
  | { readonly kind: "sql"; readonly text: string };

export interface RoundTripOptions {
  /** The revisions to try, by any symbol that names some; all if left out. */
  readonly revisions?: readonly string[];
  /** A revision, or a commit of Git: what has come after it; not together with `revisions`. */
  readonly since?: string;
  /** An environment or a URL of an empty database, to be used instead of a scratch database. */
  readonly database?: string;
}

export interface RoundTripResult {
  /** In the order in which they were tried, parents first. */
  readonly outcomes: readonly RoundTripOutcome[];
  /**
   * Whether all revisions run in one go: from an empty database to the heads, and where each has a way back that was tried,
   * from the heads to base as well. Only where none were named, and each can be applied.
   */
  readonly wholeRun?: WholeRunOutcome;
}

export interface DataTestOptions {
  /** The revisions whose tests are run, by any symbol that names some; all if left out. */
  readonly revisions?: readonly string[];
  /** The files that are run, absolute, and of each the tests of these names; all if left out. */
  readonly only?: readonly { readonly path: string; readonly names?: readonly string[] }[];
  /** An environment or a URL of an empty database, to be used instead of scratch databases. */
  readonly database?: string;
}

export interface DataTestResult {
  /** In the order of the revisions. */
  readonly outcomes: readonly DataTestOutcome[];
}

export type WholeRunOutcome =
  | { readonly kind: "passed" }
  | { readonly kind: "failed"; readonly revision: string | undefined; readonly failure: RoundTripFailure };

/**
 * Every command that works on a project, by name: what it takes and what it gives. The command line and
 * the editor's engine run the same functions through this table.
 */
export interface CommandTable {
  readonly upgrade: { readonly options: UpgradeOptions; readonly result: MigrationRunResult };
  readonly downgrade: { readonly options: DowngradeOptions; readonly result: MigrationRunResult };
  readonly stamp: { readonly options: StampOptions; readonly result: MigrationRunResult };
  readonly current: { readonly options: CurrentOptions; readonly result: CurrentResult };
  readonly status: { readonly options: Record<string, never>; readonly result: StatusResult };
  readonly history: { readonly options: HistoryOptions; readonly result: RevisionListResult };
  readonly heads: { readonly options: HeadsOptions; readonly result: RevisionListResult };
  readonly branches: { readonly options: Record<string, never>; readonly result: RevisionListResult };
  readonly show: { readonly options: ShowOptions; readonly result: RevisionListResult };
  readonly revision: { readonly options: NewRevisionOptions; readonly result: NewRevisionResult };
  readonly writeRevision: { readonly options: WriteRevisionOptions; readonly result: NewRevisionResult };
  readonly merge: { readonly options: MergeOptions; readonly result: NewRevisionResult };
  readonly rebase: { readonly options: RebaseOptions; readonly result: RebaseResult };
  readonly squash: { readonly options: SquashOptions; readonly result: SquashResult };
  readonly pruneSquashed: { readonly options: PruneOptions; readonly result: PruneResult };
  readonly checkBranches: { readonly options: CheckBranchesOptions; readonly result: CheckBranchesResult };
  readonly check: { readonly options: CheckOptions; readonly result: AutogenerateReport };
  readonly drift: { readonly options: DriftOptions; readonly result: DriftResult };
  readonly lint: { readonly options: LintOptions; readonly result: LintResult };
  readonly roundTrip: { readonly options: RoundTripOptions; readonly result: RoundTripResult };
  readonly dataTests: { readonly options: DataTestOptions; readonly result: DataTestResult };
  readonly adopt: { readonly options: AdoptOptions; readonly result: AdoptResult };
  readonly convert: { readonly options: ConvertOptions; readonly result: ConvertResult };
  readonly ensureVersion: { readonly options: EnsureVersionOptions; readonly result: EnsureVersionResult };
}

export type CommandName = keyof CommandTable;

/** Called while a command runs, in order; never after its promise has settled. */
export type Report = (event: CommandEvent) => void;
