import type { BatchAlterTable, BatchOptions } from "../../../operations/batch/batch";
import { batchSettings } from "../../../operations/batch/batchMakers";
import { OperationError } from "../../../operations/operationError";
import type { MakerName, Makers } from "../../../operations/makers";
import type { NamingConvention } from "../../../operations/namingConvention";
import type { Operation } from "../../../operations/operation";
import { printOperation } from "../../../operations/printing/printOperation";
import { present } from "../../../operations/sparse";
import { quoteScriptString } from "../../quoteString";
import { indentCode } from "../../scriptCode";
import { childrenOf, hasErrors, namesIn, textOf, type PythonNode } from "../pythonNodes";
import { CallArguments, Inconvertible } from "./callArguments";
import { convertBatchCall, convertCall, type BatchTable } from "./operationCall";
import { bindImport, isPure, NameScope, readTerm, type CallTerm, type Term } from "./term";

/** Lines of a Python revision that a person has to convert, and why. */
export interface ByHand {
  /** Counted from 1. */
  readonly line: number;
  readonly endLine: number;
  readonly reason: string;
}

/** What the bodies of a revision are converted with. */
export interface BodyContext {
  readonly text: string;
  /** The name of the Python file, for messages. */
  readonly fileName: string;
  readonly makers: Makers<MakerName>;
  readonly namingConvention: NamingConvention | undefined;
  /** The definitions of the module, which lines that stay Python may use. */
  readonly definitions: ReadonlyMap<string, PythonNode>;
}

export interface ConvertedBody {
  /** Statements, not indented. */
  readonly code: string;
  readonly byHand: readonly ByHand[];
  readonly operations: readonly Operation[];
}

type Part =
  | { readonly kind: "code"; readonly code: string }
  | { readonly kind: "byHand"; readonly nodes: readonly PythonNode[]; readonly reasons: readonly string[] };

/** The statements of a function: those that can be read as operations, the others as comments before an error that is thrown. */
export function convertBody(body: PythonNode, scope: NameScope, context: BodyContext): ConvertedBody {
  const converter = new BodyConverter(scope, context);
  const code = converter.convert(statementsOf(body));
  const byHand = converter.byHand.toSorted((left, right) => left.line - right.line);
  return { code, byHand, operations: converter.operations };
}

/** A function that a person has to convert as a whole. */
export function refuseWhole(node: PythonNode, reason: string, context: BodyContext): ConvertedBody {
  const converter = new BodyConverter(new NameScope(context.text), context);
  const code = converter.print([{ kind: "byHand", nodes: [node], reasons: [reason] }]);
  return { code, byHand: converter.byHand, operations: [] };
}

export function statementsOf(body: PythonNode): readonly PythonNode[] {
  return childrenOf(body)
    .filter(({ name }) => name !== ":" && name !== ";")
    .flatMap((node) => (node.name === "StatementGroup" ? statementsOf(node) : [node]));
}

class BodyConverter {
  readonly byHand: ByHand[] = [];
  readonly operations: Operation[] = [];
  private readonly definitions: Map<string, PythonNode>;

  constructor(
    private readonly scope: NameScope,
    private readonly context: BodyContext,
  ) {
    this.definitions = new Map(context.definitions);
  }

  convert(statements: readonly PythonNode[]): string {
    const parts: Part[] = [];
    statements.forEach((statement, index) => {
      const isLast = statements.slice(index + 1).every(({ name }) => name === "Comment");
      const part = this.convertStatement(statement, isLast);
      const before = parts.at(-1);
      if (part.kind === "byHand" && before?.kind === "byHand") {
        // What stands together is converted together.
        parts[parts.length - 1] = {
          ...before,
          nodes: [...before.nodes, ...part.nodes],
          reasons: [...new Set([...before.reasons, ...part.reasons])],
        };
      } else if (part.kind === "byHand" || part.code !== "") {
        parts.push(part);
      }
    });
    return this.print(parts);
  }

  print(parts: readonly Part[]): string {
    return parts.map((part) => (part.kind === "code" ? part.code : this.printByHand(part))).join("\n");
  }

  private convertStatement(statement: PythonNode, isLast: boolean): Part {
    const operationsBefore = this.operations.length;
    const byHandBefore = this.byHand.length;
    try {
      if (hasErrors(statement)) {
        throw new Inconvertible("it is not valid Python");
      }
      return { kind: "code", code: this.codeOf(statement, isLast) };
    } catch (error) {
      if (!(error instanceof Inconvertible) && !(error instanceof OperationError)) {
        throw error;
      }
      this.operations.length = operationsBefore;
      this.byHand.length = byHandBefore;
      this.forgetWhatMayChange(statement);
      return { kind: "byHand", nodes: [statement], reasons: [error.message.replace(/\.$/, "")] };
    }
  }

  private codeOf(statement: PythonNode, isLast: boolean): string {
    const first = statement.firstChild;
    switch (statement.name) {
      case "Comment":
        return commentOf(textOf(statement, this.context.text));
      case "PassStatement":
        return "";
      case "ImportStatement":
        bindImport(statement, this.scope);
        return "";
      case "ReturnStatement":
        if (isLast && /^return(?:\s+None)?$/.test(textOf(statement, this.context.text).trim())) {
          return "";
        }
        throw new Inconvertible("it returns before the end");
      case "ExpressionStatement":
        if (first !== null && /^(?:String|ContinuedString|Ellipsis)$/.test(first.name)) {
          return "";
        }
        return first === null ? "" : this.callCode(readTerm(first, this.scope));
      case "AssignStatement":
        return this.assignmentCode(statement);
      case "WithStatement":
        return this.withCode(statement);
      default:
        throw new Inconvertible("only calls of `op` are converted");
    }
  }

  private callCode(term: Term): string {
    if (term.kind !== "call") {
      throw new Inconvertible("it is not a call that can be read");
    }
    return this.printed(convertCall(this.context.makers, term));
  }

  private printed(operations: readonly Operation[]): string {
    this.operations.push(...operations);
    const { namingConvention } = this.context;
    const options = namingConvention === undefined ? {} : { namingConvention };
    return operations.map((operation) => printOperation(operation, options)).join("\n");
  }

  private assignmentCode(statement: PythonNode): string {
    const [target, equals, value, more] = childrenOf(statement).filter(
      ({ name }) => name !== "TypeDef" && name !== "Comment",
    );
    if (
      target?.name !== "VariableName" ||
      (equals !== undefined && value === undefined) ||
      more !== undefined
    ) {
      throw new Inconvertible("only one name at a time is assigned to");
    }
    const name = textOf(target, this.context.text);
    this.definitions.set(name, statement);
    if (value === undefined) {
      return "";
    }
    const term = readTerm(value, this.scope);
    const isTable = term.kind === "call" && term.path === "alembic.op.create_table";
    if (!isTable && !isPure(term)) {
      this.scope.bind(name, { kind: "unknown" });
      throw new Inconvertible(`the value of ${name} can't be told without running it`);
    }
    const code = isTable ? this.callCode(term) : "";
    this.scope.bind(name, term);
    return code;
  }

  private withCode(statement: PythonNode): string {
    const [, manager, as, target, ...more] = childrenOf(statement).filter(({ name }) => name !== "Comment");
    const opened = manager === undefined ? undefined : readTerm(manager, this.scope);
    if (opened?.kind !== "call") {
      throw new Inconvertible("this block is not converted");
    }
    const body = as?.name === "Body" ? as : more.find(({ name }) => name === "Body");
    if (
      opened.path === "alembic.op.batch_alter_table" &&
      as?.name === "as" &&
      target?.name === "VariableName"
    ) {
      return this.batchCode(opened, textOf(target, this.context.text), body);
    }
    const isAutocommit =
      opened.path === "autocommit_block" &&
      opened.receiver?.kind === "call" &&
      opened.receiver.path === "alembic.op.get_context";
    if (!isAutocommit || body === undefined || as?.name === "as" || opened.keywords.size > 0) {
      throw new Inconvertible("this block is not converted");
    }
    const inner = this.convert(statementsOf(body));
    return inner === "" ? "" : `await op.autocommitBlock(async () => {\n${indentCode(inner, "  ")}\n});`;
  }

  /** A batch is converted as a whole or not at all. */
  private batchCode(opened: CallTerm, variable: string, body: PythonNode | undefined): string {
    const given = new CallArguments(opened, ["table_name", "schema", "recreate"]);
    const batch: BatchTable = { table: given.text("table_name"), schema: given.optionalText("schema") };
    if ((given.optionalText("recreate") ?? "auto") === "always") {
      throw new Inconvertible("recreate of a batch is not converted");
    }
    given.finish();
    const scope = new NameScope(this.context.text, this.scope);
    scope.bind(variable, { kind: "name", path: "batch" });
    const operations = (body === undefined ? [] : statementsOf(body)).flatMap((statement) =>
      this.batchOperations(statement, scope, batch),
    );
    if (operations.length === 0) {
      return "";
    }
    const settings = present<BatchOptions>({ schema: batch.schema });
    const record = present<BatchAlterTable>({
      kind: "batchAlterTable",
      table: batch.table,
      ...batchSettings(this.context, batch.table, settings),
      // What a batch's methods make is what a batch may hold.
      operations: operations as BatchAlterTable["operations"],
    });
    return this.printed([record]);
  }

  private batchOperations(statement: PythonNode, scope: NameScope, batch: BatchTable): readonly Operation[] {
    const expression = statement.firstChild;
    if (statement.name === "Comment" || statement.name === "PassStatement") {
      return [];
    }
    const term =
      statement.name === "ExpressionStatement" && expression !== null
        ? readTerm(expression, scope)
        : undefined;
    if (term?.kind !== "call" || !term.path.startsWith("batch.")) {
      throw new Inconvertible("a batch with something other than its own calls is not converted");
    }
    return convertBatchCall(this.context.makers, { ...term, path: term.path.slice("batch.".length) }, batch);
  }

  private printByHand({ nodes, reasons }: Part & { readonly kind: "byHand" }): string {
    const { text, fileName } = this.context;
    const first = nodes[0];
    const from = first?.from ?? 0;
    const to = nodes.at(-1)?.to ?? from;
    const line = lineOf(text, from);
    const endLine = lineOf(text, from + text.slice(from, to).trimEnd().length);
    const reason = reasons.join("; ");
    this.byHand.push({ line, endLine, reason });
    const place = line === endLine ? `line ${String(line)}` : `lines ${String(line)} to ${String(endLine)}`;
    const message = `Convert ${place} of ${fileName} by hand: ${reason}.`;
    const uses = this.usedDefinitions(nodes);
    return [
      "// To be converted by hand:",
      ...pythonLines(text, from, to),
      ...(uses.length > 0 ? ["// It uses:"] : []),
      ...uses.flatMap((node) => pythonLines(text, node.from, node.to)),
      `throw new Error(${quoteScriptString(message)});`,
    ].join("\n");
  }

  /** A line that is left to do by hand may change what it names, and what the functions that it calls name. */
  private forgetWhatMayChange(statement: PythonNode): void {
    const { text } = this.context;
    for (const node of [statement, ...this.usedDefinitions([statement])]) {
      this.scope.forget(namesIn(node, text), textOf(statement, text));
    }
  }

  /** What the lines use of what is defined in the file, in its order. */
  private usedDefinitions(nodes: readonly PythonNode[]): readonly PythonNode[] {
    const used = new Set<PythonNode>();
    const follow = (node: PythonNode): void => {
      for (const name of namesIn(node, this.context.text)) {
        const definition = this.definitions.get(name);
        if (
          definition !== undefined &&
          !used.has(definition) &&
          !nodes.some(({ from, to }) => from <= definition.from && definition.to <= to)
        ) {
          used.add(definition);
          follow(definition);
        }
      }
    };
    nodes.forEach(follow);
    return [...used].sort((left, right) => left.from - right.from);
  }
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/** Lines of Python as a comment, from the start of the first one's line. */
function pythonLines(text: string, from: number, to: number): readonly string[] {
  const lineStart = text.lastIndexOf("\n", from - 1) + 1;
  const margin = /^\s*/.exec(text.slice(lineStart, from))?.[0] ?? "";
  return text
    .slice(from, to)
    .trimEnd()
    .split("\n")
    .map((line, index) => (index > 0 && line.startsWith(margin) ? line.slice(margin.length) : line))
    .map((line) => `//   ${withoutLineEnds(line)}`.trimEnd());
}

/** Alembic's own marks around what it generated say nothing here. */
function commentOf(comment: string): string {
  const words = comment.replace(/^#+\s?/, "");
  const isMark = /commands auto generated by Alembic|end Alembic commands/.test(words);
  return words === "" || isMark ? "" : `// ${withoutLineEnds(words)}`.trimEnd();
}

/** Characters that end a line of TypeScript and none of Python. */
function withoutLineEnds(line: string): string {
  return line.replace(/[\r\u2028\u2029]/g, " ");
}
