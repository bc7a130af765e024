import { deepStrictEqual } from "node:assert/strict";
import { currentRevisions } from "../../../src/revision/current";
import {
  currentLine,
  describeRevision,
  describeStep,
  headsLine,
  historyLine,
} from "../../../src/revision/describe";
import { revisionFileName } from "../../../src/revision/fileName";
import { buildGraph, requireSoundGraph, type RevisionGraph } from "../../../src/revision/graph";
import { historyRange, walkRevisions } from "../../../src/revision/history";
import { planNewRevision, type NewRevision } from "../../../src/revision/newRevision";
import type { MigrationPlan, MigrationStep, VersionRowChange } from "../../../src/revision/plan";
import { planDowngrade } from "../../../src/revision/planDowngrade";
import { planStamp } from "../../../src/revision/planStamp";
import { planUpgrade } from "../../../src/revision/planUpgrade";
import {
  findPositions,
  requireSingleBase,
  requireSingleHead,
  resolveRevision,
  type Position,
} from "../../../src/revision/resolve";
import type { Revision } from "../../../src/revision/revision";
import { names, type RecordedCase } from "./revisionCases";

/** What our code gives for a recorded case. */
export interface CaseResult {
  /** In the shape of the recorded `output`. */
  readonly output: unknown;
  readonly warnings: readonly string[];
}

/** What our code gives for a recorded case; throws where it refuses. */
export function runRevisionCase(recorded: RecordedCase, revisions: readonly Revision[]): CaseResult {
  const graph = buildGraph(revisions);
  requireSoundGraph(graph);
  const plan = planOf(graph, recorded);
  return plan === undefined
    ? { output: outputOf(graph, recorded, revisions), warnings: [] }
    : { output: planOutput(plan), warnings: plan.warnings };
}

function planOf(graph: RevisionGraph, { op, input }: RecordedCase): MigrationPlan | undefined {
  switch (op) {
    case "upgrade":
      return planUpgrade(graph, { databaseHeads: names(input["db_heads"]), target: text(input["target"]) });
    case "downgrade":
      return planDowngrade(graph, { databaseHeads: names(input["db_heads"]), target: text(input["target"]) });
    case "stamp":
      return planStamp(graph, { databaseHeads: names(input["db_heads"]), targets: names(input["targets"]) });
    default:
      return undefined;
  }
}

function outputOf(
  graph: RevisionGraph,
  { op, input }: RecordedCase,
  revisions: readonly Revision[],
): unknown {
  switch (op) {
    case "load":
      return loaded(graph);
    case "get_revisions":
      return findPositions(graph, text(input["symbol"])).map(positionId);
    case "get_revision":
      return resolveRevision(graph, text(input["symbol"]))?.revision ?? null;
    case "walk_revisions":
      return walked(graph, text(input["base"]), text(input["head"]));
    case "history_range":
      return ids(historyRange(graph, text(input["range"]), []));
    case "get_current_head":
      return requireSingleHead(graph)?.revision ?? null;
    case "get_base":
      return requireSingleBase(graph)?.revision ?? null;
    case "current":
      return currentRevisions(graph, names(input["db_heads"])).map(({ revision }) =>
        describeRevision(graph, revision, currentLine),
      );
    case "generate_revision":
      return generated(revisions, graph, input);
    case "rev_path":
      return fileName(input);
    default:
      throw new Error(`No way to run ${op}`);
  }
}

function text(value: unknown): string {
  if (typeof value !== "string") {
    throw new Error(`Expected text, found ${JSON.stringify(value)}`);
  }
  return value;
}

function ids(revisions: readonly { readonly revision: string }[]): readonly string[] {
  return revisions.map(({ revision }) => revision);
}

/** Everything is walked as `history` does it without a range, which must be what a range gives. */
function walked(graph: RevisionGraph, base: string, head: string): readonly string[] {
  const range = ids(walkRevisions(graph, base, head));
  if (base === "base" && head === "heads") {
    deepStrictEqual(ids(historyRange(graph, undefined, [])), range);
  }
  return range;
}

function positionId(position: Position): string | null {
  return typeof position === "object" ? position.revision : (position ?? null);
}

function loaded(graph: RevisionGraph): unknown {
  return {
    heads: graph.heads,
    real_heads: graph.realHeads,
    bases: graph.bases,
    real_bases: graph.realBases,
    revisions: Object.fromEntries(
      graph.revisions.map((revision) => [
        revision.revision,
        {
          nextrev: revision.nextRevisions.toSorted(),
          all_nextrev: revision.allNextRevisions.toSorted(),
          branch_labels: revision.labels,
          normalized_down_revisions: revision.normalizedDownRevisions.toSorted(),
          resolved_dependencies: revision.resolvedDependencies.toSorted(),
          is_head: revision.isHead,
          is_real_head: revision.isRealHead,
          is_base: revision.isBase,
          is_branch_point: revision.isBranchPoint,
          is_merge_point: revision.isMergePoint,
          history_line: describeRevision(graph, revision, historyLine),
          heads_line: describeRevision(graph, revision, headsLine),
        },
      ]),
    ),
  };
}

function planOutput({ steps, finalHeads }: MigrationPlan): unknown {
  return { steps: steps.map(stepOutput), final_heads: finalHeads };
}

function messageOf(step: MigrationStep): string {
  return step.kind === "stamp" ? "" : (step.revision?.message ?? "");
}

function stepOutput(step: MigrationStep): unknown {
  const common = {
    direction: step.direction,
    log: describeStep({ ...step, message: messageOf(step) }).replace(/^Running /, ""),
    version_table_ops: step.rowChanges.map(rowOutput),
    heads_after: step.headsAfter,
  };
  return step.kind === "stamp"
    ? {
        stamp_from: step.from,
        stamp_to: step.to,
        branch_move: step.from.length === 0 || step.to.length === 0,
        ...common,
      }
    : { revision: step.revision?.revision, ...common };
}

function rowOutput(change: VersionRowChange): readonly string[] {
  switch (change.kind) {
    case "insert":
      return ["INSERT", change.revision];
    case "delete":
      return ["DELETE", change.revision];
    case "update":
      return ["UPDATE", change.from, change.to];
  }
}

function generated(
  revisions: readonly Revision[],
  graph: RevisionGraph,
  input: RecordedCase["input"],
): unknown {
  const head = input["head"];
  const planned = planNewRevision(graph, {
    revision: text(input["rev_id"]),
    ...(head === undefined || head === null ? {} : { head: names(head) }),
    splice: input["splice"] === true,
    branchLabels: names(input["branch_labels"]),
    dependsOn: names(input["depends_on"]),
  });
  return {
    revision: planned.revision,
    down_revision: planned.downRevisions,
    branch_labels: planned.branchLabels,
    depends_on: planned.dependsOn,
    heads_after: headsAfter(revisions, graph, planned),
    // The recording has the last part of the path only.
    file: fileName({
      message: "msg",
      rev_id: planned.revision,
      file_template: "%(rev)s_%(slug)s",
      truncate_slug_length: 40,
      create_date_utc: "2024-03-05T07:08:09",
    }).replace(/^.*\//s, ""),
  };
}

/** Alembic puts a revision whose id is taken over the older one, in the graph that it has already made. */
function headsAfter(
  revisions: readonly Revision[],
  graph: RevisionGraph,
  planned: NewRevision,
): readonly string[] {
  return graph.get(planned.revision) === undefined
    ? buildGraph([...revisions, { ...planned, message: "msg", doc: "msg", path: "" }]).heads
    : [...graph.heads.filter((head) => !planned.downRevisions.includes(head)), planned.revision];
}

function fileName(input: RecordedCase["input"]): string {
  const date = new Date(`${text(input["create_date_utc"])}Z`);
  return revisionFileName({
    template: text(input["file_template"]),
    revision: text(input["rev_id"]),
    message: typeof input["message"] === "string" ? input["message"] : "",
    createDate: {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
      hour: date.getUTCHours(),
      minute: date.getUTCMinutes(),
      second: date.getUTCSeconds(),
      epoch: date.getTime() / 1000,
    },
    truncateSlugLength: typeof input["truncate_slug_length"] === "number" ? input["truncate_slug_length"] : 0,
    extension: ".py",
  });
}
