import type { BlockStatement, Node, Program, TryStatement } from "@babel/types";
import { rangeOf } from "../constantValues";
import type { CaughtOperation } from "../fileProblem";
import type { TextRange } from "../header";
import type { TextEdit } from "../textEdit";
import { childrenOf, isFunction } from "./bindings";
import { type OperationCall, operationCallOf } from "./callAt";

/** A node, and what is around it. */
interface Place {
  readonly node: Node;
  readonly around: Place | undefined;
}

/** A `catch` that goes on after what it catches. */
interface Catch {
  readonly range: TextRange;
  /** Undefined for the method of a promise. */
  readonly statement: TryStatement | undefined;
}

/** Texts come as they are typed: what no person writes must not hold up the editor. */
const mostSteps = 500_000;
const mostLookups = 500;
const mostAround = 200;

/** No operations: `try` is the right way, and the others make values. */
const noOperations: ReadonlySet<string> = new Set(["try", "f", "inlineLiteral"]);
/** They call the function that they are given before they end. */
const callers: ReadonlySet<string> = new Set([
  "map",
  "flatMap",
  "forEach",
  "batchAlterTable",
  "autocommitBlock",
]);

/**
 * Where a program catches the failure of an operation and does not throw again, each `catch` once, with the first
 * operation that it is for. What is inside `op.try` is left out, and so is what a function does that is called elsewhere.
 */
export function caughtOperations(text: string, program: Program): readonly CaughtOperation[] {
  if (!/\bcatch\b/.test(text)) {
    return [];
  }
  const found = new Map<Catch, CaughtOperation>();
  const search = new CatchSearch();
  let lookups = 0;
  for (const place of placesBelow(program)) {
    const { node } = place;
    if (node.type !== "CallExpression" || noOperations.has(methodOf(node) ?? "try")) {
      continue;
    }
    const caught = search.catchAround(place);
    if (search.isExhausted || lookups >= mostLookups) {
      break;
    }
    if (caught === undefined || found.has(caught)) {
      continue;
    }
    lookups += 1;
    const path = pathTo(place);
    const operation = path && operationCallOf(node, path);
    if (operation !== undefined) {
      found.set(caught, {
        operation: `${operation.batch === undefined ? "op" : "batch"}.${operation.method}`,
        range: caught.range,
        tried: caught.statement === undefined ? [] : triedEdits(text, caught.statement, operation),
      });
    }
  }
  return [...found.values()].sort((a, b) => a.range.start - b.range.start);
}

class CatchSearch {
  private steps = 0;
  private readonly known = new Map<Node, Catch | undefined>();

  get isExhausted(): boolean {
    return this.steps > mostSteps;
  }

  /** The innermost `catch` that gets the failure of a call and does not throw it again. */
  catchAround(call: Place): Catch | undefined {
    let caught: Catch | undefined;
    let isPassedOn = true;
    for (let place = call; place.around !== undefined && !this.isExhausted; place = place.around) {
      this.steps += 1;
      const { node, around } = place;
      if (isFunction(node)) {
        const caller = callerOf(node, around.node);
        if (caller === "try") {
          return undefined;
        }
        isPassedOn &&= caller !== undefined && callers.has(caller);
      }
      if (isPassedOn) {
        caught ??= this.catchOf(node, around);
      }
    }
    return caught;
  }

  private catchOf(node: Node, around: Place): Catch | undefined {
    const parent = around.node;
    const isGuarded =
      (parent.type === "TryStatement" && parent.block === node) ||
      (parent.type === "MemberExpression" && parent.object === node);
    if (!isGuarded) {
      return undefined;
    }
    if (!this.known.has(parent)) {
      this.known.set(
        parent,
        parent.type === "TryStatement"
          ? catchOfStatement(parent)
          : catchOfPromise(parent, around.around?.node),
      );
    }
    return this.known.get(parent);
  }
}

function catchOfStatement(statement: TryStatement): Catch | undefined {
  const { handler } = statement;
  if (handler === null || handler === undefined || throwsAgain(handler.body)) {
    return undefined;
  }
  const { start } = rangeOf(handler);
  return { range: { start, end: start + "catch".length }, statement };
}

function catchOfPromise(member: Node, call: Node | undefined): Catch | undefined {
  if (
    call?.type !== "CallExpression" ||
    call.callee !== member ||
    call.callee.type !== "MemberExpression" ||
    methodOf(call) !== "catch"
  ) {
    return undefined;
  }
  const [handler] = call.arguments;
  const isThrown = isFunction(handler) && handler.body.type === "BlockStatement" && throwsAgain(handler.body);
  return handler === undefined || isThrown
    ? undefined
    : { range: rangeOf(call.callee.property), statement: undefined };
}

/** Whether a handler ends by throwing, whichever way it goes. */
function throwsAgain(body: BlockStatement): boolean {
  if (!endsByThrowing(body)) {
    return false;
  }
  for (const place of placesBelow(body)) {
    if (leavesQuietly(place)) {
      return false;
    }
  }
  return true;
}

function endsByThrowing(statement: Node | undefined): boolean {
  switch (statement?.type) {
    case "ThrowStatement":
      return true;
    case "BlockStatement":
      return endsByThrowing(statement.body.at(-1));
    case "IfStatement":
      return endsByThrowing(statement.consequent) && endsByThrowing(statement.alternate ?? undefined);
    default:
      return false;
  }
}

function leavesQuietly({ node, around }: Place): boolean {
  const isJump = node.type === "BreakStatement" || node.type === "ContinueStatement";
  if (!isJump && node.type !== "ReturnStatement") {
    return false;
  }
  for (let place = around; place !== undefined; place = place.around) {
    if (isFunction(place.node) || (isJump && /^(?:For|While|DoWhile|Switch)/.test(place.node.type))) {
      return false;
    }
  }
  return true;
}

/** The method that a function is given to; "map" for one that is called where it is written. */
function callerOf(node: Node, parent: Node): string | undefined {
  if (parent.type !== "CallExpression") {
    return undefined;
  }
  return parent.callee === node ? "map" : methodOf(parent);
}

/** The name of the method that a call is of. */
function methodOf(call: Node): string | undefined {
  return call.type === "CallExpression" &&
    call.callee.type === "MemberExpression" &&
    !call.callee.computed &&
    call.callee.property.type === "Identifier"
    ? call.callee.property.name
    : undefined;
}

/** A node and all below it in their order. Without recursion: a chain of calls may be as deep as the text is long. */
function* placesBelow(root: Node): Generator<Place> {
  const waiting: Place[] = [{ node: root, around: undefined }];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    yield place;
    for (const node of [...childrenOf(place.node)].reverse()) {
      waiting.push({ node, around: place });
    }
  }
}

/** The nodes around a place and its own, the file first; undefined for one that is too deep to look at. */
function pathTo(place: Place): readonly Node[] | undefined {
  const path: Node[] = [];
  for (let at: Place | undefined = place; at !== undefined; at = at.around) {
    path.push(at.node);
    if (path.length > mostAround) {
      return undefined;
    }
  }
  return path.reverse();
}

/** Makes `try { await op.x(); } catch {}` to `await op.try(…)`, comments kept; no edits for what does more. */
function triedEdits(
  text: string,
  statement: TryStatement,
  { call, batch }: OperationCall,
): readonly TextEdit[] {
  const { block, handler, finalizer } = statement;
  const { callee } = call;
  const [only, second] = block.body;
  const isSimple =
    only?.type === "ExpressionStatement" &&
    only.expression.type === "AwaitExpression" &&
    only.expression.argument === call &&
    second === undefined &&
    batch === undefined &&
    !finalizer &&
    callee.type === "MemberExpression" &&
    handler?.body.body.length === 0 &&
    handler.body.directives.length === 0;
  if (!isSimple) {
    return [];
  }
  const all = rangeOf(statement);
  const inner = rangeOf(block);
  const body = rangeOf(handler.body);
  const kept = text.slice(body.start + 1, body.end - 1);
  const between = text.slice(inner.end, body.start);
  const isPlain =
    /^try\s*$/.test(text.slice(all.start, inner.start)) && /^\s*catch\s*(?:\([^()/]*\)\s*)?$/.test(between);
  const hasComment = kept.trim() !== "";
  if (!isPlain || (hasComment && !/^[^\S\n]*\n/.test(kept))) {
    return [];
  }
  const operations = rangeOf(callee.object);
  const opening = {
    range: { start: all.start, end: inner.start + 1 },
    newText: `await ${text.slice(operations.start, operations.end)}.try(async () => {`,
  };
  const close = inner.end - 1;
  if (!hasComment) {
    return [opening, { range: { start: close, end: all.end }, newText: "});" }];
  }
  const endOfCode = text.slice(0, close).trimEnd().length;
  return [
    opening,
    { range: { start: endOfCode, end: body.start + 1 }, newText: "" },
    { range: { start: body.end - 1, end: all.end }, newText: "});" },
  ];
}
