import type { CreatePolicy } from "../../operations/policy/policy";
import type { CreateFunction } from "../../operations/routine/routine";
import type { FunctionModel } from "../../schema/model/schemaModel";
import { flag, present } from "../../operations/sparse";
import { sql, sqlText } from "../../operations/sqlFragment";
import type {
  PolicyModel,
  QualifiedName,
  StatisticsModel,
  TriggerModel,
} from "../../schema/model/tableModel";
import { stripParentheses } from "../../sqlText/parentheses";
import { emitComment, identifier, inSchema, onTable, type Phase, type PlanContext } from "./planContext";

/** A new trigger. */
export function emitTrigger(
  context: PlanContext,
  table: QualifiedName,
  trigger: TriggerModel,
  phase: Phase = "createTriggers",
): void {
  const place = onTable(context, table);
  context.emit(phase, {
    kind: "createTrigger",
    ...place,
    name: trigger.name,
    event: sqlText(trigger.event),
    action: sqlText(trigger.action),
    ...(trigger.isConstraint ? { constraint: true } : {}),
  });
  if (trigger.enabled !== "enabled") {
    const change = { disabled: "DISABLE", replica: "ENABLE REPLICA", always: "ENABLE ALWAYS" }[
      trigger.enabled
    ];
    context.emit(phase, {
      kind: "execute",
      sql: sql`ALTER TABLE ${identifier(context, table)} ${sql.raw(change)} TRIGGER ${sql.identifier(trigger.name)}`,
    });
  }
  if (trigger.comment !== undefined) {
    emitComment(
      context,
      "TRIGGER",
      sql.identifier(trigger.name),
      trigger.comment,
      identifier(context, table),
    );
  }
}

/** A trigger that is gone. */
export function emitDroppedTrigger(context: PlanContext, table: QualifiedName, { name }: TriggerModel): void {
  context.emit("dropTriggers", { kind: "dropTrigger", ...onTable(context, table), name });
}

/** A new policy. */
export function emitPolicy(context: PlanContext, table: QualifiedName, policy: PolicyModel): void {
  const condition = (text: string | undefined): CreatePolicy["using"] =>
    text === undefined ? undefined : sqlText(stripParentheses(text));
  const isForAll = policy.roles.length === 1 && policy.roles[0] === "public";
  context.emit(
    "createTriggers",
    present<CreatePolicy>({
      kind: "createPolicy",
      ...onTable(context, table),
      name: policy.name,
      as: policy.isPermissive ? undefined : "restrictive",
      for: policy.command === "all" ? undefined : policy.command,
      to: isForAll ? undefined : policy.roles,
      using: condition(policy.using),
      withCheck: condition(policy.withCheck),
    }),
  );
  if (policy.comment !== undefined) {
    emitComment(context, "POLICY", sql.identifier(policy.name), policy.comment, identifier(context, table));
  }
}

/** A policy that is gone. */
export function emitDroppedPolicy(context: PlanContext, table: QualifiedName, { name }: PolicyModel): void {
  context.emit("dropTriggers", { kind: "dropPolicy", ...onTable(context, table), name });
}

/** New extended statistics. */
export function emitStatistics(
  context: PlanContext,
  table: QualifiedName,
  statistics: StatisticsModel,
): void {
  context.emit("createTriggers", {
    kind: "execute",
    sql: sql`CREATE STATISTICS ${identifier(context, statistics)} ${sql.raw(statistics.definition)} FROM ${identifier(context, table)}`,
  });
}

/** Extended statistics that are gone. */
export function emitDroppedStatistics(context: PlanContext, statistics: StatisticsModel): void {
  context.emit("dropTriggers", {
    kind: "execute",
    sql: sql`DROP STATISTICS ${identifier(context, statistics)}`,
  });
}

/** A new function, or one whose definition is another. */
export function emitFunction(
  context: PlanContext,
  model: FunctionModel,
  phase: Phase,
  isReplaced: boolean,
): void {
  context.emit(
    phase,
    present<CreateFunction>({
      kind: "createFunction",
      ...inSchema(context, model.schema),
      name: model.name,
      arguments: model.arguments,
      definition: sqlText(model.definition),
      procedure: flag(model.kind === "procedure"),
      orReplace: flag(isReplaced),
    }),
  );
  if (model.comment !== undefined && !isReplaced) {
    emitFunctionComment(context, model, model.comment);
  }
}

/** A comment on a function or a procedure. */
export function emitFunctionComment(
  context: PlanContext,
  model: Pick<FunctionModel, "schema" | "name" | "identityArguments" | "kind">,
  comment: string | undefined,
): void {
  const text = comment === undefined ? sql.raw("NULL") : sql`${{ kind: "literal", value: comment }}`;
  const name = sql`${identifier(context, model)}(${sql.raw(model.identityArguments)})`;
  const object = sql.raw(model.kind === "procedure" ? "PROCEDURE" : "FUNCTION");
  context.emit("comments", { kind: "execute", sql: sql`COMMENT ON ${object} ${name} IS ${text}` });
}

/** A function or a procedure that is gone. */
export function emitDroppedFunction(context: PlanContext, model: FunctionModel, phase: Phase): void {
  context.emit(phase, {
    kind: "dropFunction",
    ...inSchema(context, model.schema),
    name: model.name,
    arguments: model.identityArguments,
    ...(model.kind === "procedure" ? { procedure: true } : {}),
  });
}
