/** What is drawn from: numbers from 0 to 1. */
export type Random = () => number;

/** A revision's body, made at random. */
export interface Program {
  readonly text: string;
  /** It does something that a run must not end well with. */
  readonly mustFail: boolean;
  /** What it calls depends on time, so that either end may be right. */
  readonly mayFail: boolean;
  /** Nothing of it is committed before all of it is. */
  readonly isWhole: boolean;
  /** It must fail where its revision has no transaction. */
  readonly needsTransaction: boolean;
}

/** What a piece of a program does to the run; nothing where it is left out. */
interface Piece {
  readonly lines: readonly string[];
  readonly mustFail?: boolean;
  readonly mayFail?: boolean;
  readonly isWhole?: boolean;
  readonly needsTransaction?: boolean;
  /** It must fail where anybody awaits it; what comes behind it is never reached. */
  readonly neverSettles?: boolean;
}

/** Draws pieces, and counts the operations in them. */
class Drawing {
  #operations: number;

  constructor(
    readonly random: Random,
    firstOperation: number,
  ) {
    this.#operations = firstOperation;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.random() * items.length)];
    if (item === undefined) {
      throw new Error("There is nothing to pick from.");
    }
    return item;
  }

  chance(probability: number): boolean {
    return this.random() < probability;
  }

  upTo(most: number): number {
    return Math.floor(this.random() * (most + 1));
  }

  /** A call that notes its number in the journal when it is made, and in the database when it has worked. */
  call(): string {
    this.#operations += 1;
    const number = String(this.#operations);
    return this.pick([
      `op.execute(mark(${number}))`,
      `connection.execute(mark(${number}))`,
      `op.bulkInsert("marks", [{ n: called(${number}) }])`,
      `op.addColumn("marked", \`c_\${called(${number})}\`, { type: "integer" })`,
    ]);
  }

  /** What the database refuses; every operation of it is one that `op.try` may take back. */
  refusedCall(): string {
    return this.pick([
      `op.execute("INSERT INTO no_such_table VALUES (1)")`,
      `op.dropTable("no_such_table")`,
      `connection.query("SELECT 1 / 0")`,
    ]);
  }

  batchCall(): string {
    this.#operations += 1;
    return `batch.addColumn(\`c_\${called(${String(this.#operations)})}\`, { type: "integer" })`;
  }

  brokenCall(): string {
    return this.pick([
      `op.execute("INSERT INTO no_such_table VALUES (1)")`,
      `op.dropTable("no_such_table")`,
      `connection.query("SELECT 1 / 0")`,
      `op.createTable("", { columns: {} })`,
    ]);
  }
}

const maximalDepth = 2;

const benign: readonly ((drawing: Drawing) => Piece)[] = [
  (drawing) => ({ lines: [`await ${drawing.call()};`] }),
  (drawing) => ({ lines: [`await ${drawing.call()};`, `await ${drawing.call()};`] }),
  (drawing) => ({ lines: [`void ${drawing.call()};`] }),
  (drawing) => ({ lines: [`await Promise.all([${drawing.call()}, ${drawing.call()}]);`] }),
  (drawing) => ({ lines: [`${drawing.call()}.then(() => ${drawing.call()});`] }),
  (drawing) => ({ lines: [`await ${drawing.call()};`, "await op.flush();"] }),
  (drawing) => ({ lines: [`await delay(${String(drawing.upTo(5))});`] }),
  (drawing) => ({ lines: [`await connection.query("SELECT 1");`, `await ${drawing.call()};`] }),
  () => ({ lines: ["await Promise.reject(new Error('expected')).catch(() => undefined);"] }),
  (drawing) => ({
    lines: ["try {", "  throw new Error('expected');", "} catch {", `  await ${drawing.call()};`, "}"],
  }),
  (drawing) => ({
    lines: [
      'await op.batchAlterTable("marked", async (batch) => {',
      `  ${drawing.pick(["await", "void"])} ${drawing.batchCall()};`,
      `  await ${drawing.batchCall()};`,
      "});",
    ],
  }),
];

/** The value of rows that no run may leave. */
export const takenBack = -1;

const insertTakenBack = `op.execute("INSERT INTO marks VALUES (${String(takenBack)})")`;
const rows = `connection.stream("SELECT n FROM generate_series(1, 3) n", [], { rowsAtOnce: 2 })`;

const tried: readonly ((drawing: Drawing) => Piece)[] = [
  (drawing) => ({
    lines: [`${drawing.pick(["await", "void"])} op.try(async () => {`, `  await ${drawing.call()};`, "});"],
  }),
  (drawing) => ({ lines: [`await op.try(() => void ${drawing.call()});`] }),
  (drawing) => ({
    lines: [
      `${drawing.pick(["await", "void"])} op.try(async () => {`,
      `  ${drawing.pick(["await", "void"])} ${insertTakenBack};`,
      `  ${drawing.pick(["await", "void"])} ${drawing.refusedCall()};`,
      `  ${drawing.pick(["await", "void"])} ${insertTakenBack};`,
      "});",
    ],
  }),
  (drawing) => ({
    lines: [
      "await op.try(async () => {",
      `  await ${insertTakenBack};`,
      "  await op.try(async () => {",
      `    await ${drawing.refusedCall()};`,
      "  });",
      `  for await (const row of ${rows}) {`,
      `    await ${drawing.refusedCall()};`,
      "  }",
      "});",
      `await ${drawing.call()};`,
    ],
  }),
];

const streamed: readonly ((drawing: Drawing) => Piece)[] = [
  (drawing) => ({
    lines: [`for await (const { n } of ${rows}) {`, `  if (n === 3) await ${drawing.call()};`, "}"],
  }),
  (drawing) => ({
    lines: [`for await (const _ of ${rows}) {`, `  void ${drawing.call()};`, "  break;", "}"],
  }),
  (drawing) => ({
    lines: [
      "void (async () => {",
      `  for await (const { n } of ${rows}) {`,
      `    if (n === 2) await ${drawing.call()};`,
      "  }",
      "})();",
    ],
  }),
];

/** Pieces that hold others. */
const nesting: readonly ((drawing: Drawing, depth: number) => Piece)[] = [
  (drawing, depth) => inside(drawing, depth, "void (async () => {", "})();"),
  (drawing, depth) => inside(drawing, depth, "[1].forEach(async () => {", "});"),
  (drawing, depth) => inside(drawing, depth, "await (async () => {", "})();"),
  (drawing, depth) => ({
    ...withoutTransaction(inside(drawing, depth, "await op.autocommitBlock(async () => {", "});")),
    isWhole: false,
  }),
];

const faulty: readonly ((drawing: Drawing) => Piece)[] = [
  (drawing) => ({ lines: [`await ${drawing.brokenCall()};`] }),
  (drawing) => ({ lines: [`void ${drawing.brokenCall()};`] }),
  (drawing) => ({ lines: ["try {", `  await ${drawing.brokenCall()};`, "} catch {}"] }),
  (drawing) => ({ lines: [`await ${drawing.brokenCall()}.catch(() => undefined);`] }),
  (drawing) => ({ lines: [`await Promise.all([${drawing.call()}, ${drawing.brokenCall()}]);`] }),
  (drawing) => ({ lines: [`await Promise.allSettled([${drawing.brokenCall()}, ${drawing.call()}]);`] }),
  (drawing) => ({
    lines: [
      'await op.batchAlterTable("no_such_table", async (batch) => {',
      `  void ${drawing.batchCall()};`,
      "});",
    ],
  }),
  (drawing) => ({
    lines: ["void (async () => {", `  await ${drawing.call()};`, `  await ${drawing.brokenCall()};`, "})();"],
  }),
  () => ({ lines: ["await op.try(() => {", "  throw new Error('a mistake');", "});"] }),
  () => ({ lines: ["for await (const _ of connection.stream('SELECT no_such_column')) {}"] }),
  (drawing) => ({ lines: [`for await (const _ of ${rows}) {`, `  await ${drawing.brokenCall()};`, "}"] }),
  () => ({ lines: ["throw new Error('a mistake');"] }),
  () => ({ lines: ["await Promise.reject(new Error('a mistake'));"] }),
  () => ({ lines: ["void Promise.reject(new Error('a mistake'));"] }),
  () => ({ lines: ["void (async () => {", "  await delay(3);", "  throw new Error('a mistake');", "})();"] }),
  () => ({ lines: ["setTimeout(() => {", "  throw new Error('a mistake');", "}, 5);"] }),
  () => ({ lines: ["process.exit(0);"] }),
  () => ({ lines: ["setTimeout(() => process.exit(0), 10);"] }),
];

/** Too late, unless what comes behind them takes longer. */
const late: readonly ((drawing: Drawing) => Piece)[] = [
  (drawing) => ({ lines: [`setTimeout(() => void ${drawing.call()}, ${String(drawing.upTo(60))});`] }),
  (drawing) => ({
    lines: [
      "void (async () => {",
      `  await delay(${String(drawing.upTo(20))});`,
      `  await ${drawing.call()};`,
      "})();",
    ],
  }),
  (drawing) => ({
    lines: [
      "[1, 2].forEach(async () => {",
      "  await readFile(__filename);",
      `  await ${drawing.call()};`,
      "});",
    ],
  }),
  (drawing) => ({ lines: [`setImmediate(() => void ${drawing.call()});`] }),
  (drawing) => ({ lines: [`queueMicrotask(() => void ${drawing.call()});`] }),
];

function neverSettling(drawing: Drawing): Piece {
  return { lines: [`await ${drawing.call()};`, "await new Promise(() => undefined);"], neverSettles: true };
}

function inside(drawing: Drawing, depth: number, opening: string, closing: string): Piece {
  const isForgotten = !opening.startsWith("await");
  const pieces = Array.from({ length: 1 + drawing.upTo(1) }, () => drawPiece(drawing, depth + 1)).map(
    (piece) =>
      isForgotten && piece.lines.some((line) => line.includes("delay("))
        ? { ...piece, mayFail: true }
        : piece,
  );
  const all = joined(pieces, (lines) => [opening, ...lines.map((line) => `  ${line}`), closing]);
  // A promise that nobody awaits can't be seen to wait for ever.
  return isForgotten && all.neverSettles === true ? { ...all, neverSettles: false, mayFail: true } : all;
}

function withoutTransaction(piece: Piece): Piece {
  return { ...piece, mustFail: piece.mustFail === true || piece.needsTransaction === true };
}

function drawPiece(drawing: Drawing, depth: number): Piece {
  if (drawing.chance(0.07)) {
    return drawing.chance(0.05)
      ? neverSettling(drawing)
      : { ...drawing.pick(faulty)(drawing), mustFail: true };
  }
  if (drawing.chance(0.08)) {
    return { ...drawing.pick(late)(drawing), mayFail: true };
  }
  if (drawing.chance(0.1)) {
    return { ...drawing.pick(tried)(drawing), needsTransaction: true };
  }
  if (drawing.chance(0.05)) {
    return drawing.pick(streamed)(drawing);
  }
  const choices = depth < maximalDepth && drawing.chance(0.25) ? nesting : benign;
  return drawing.pick(choices)(drawing, depth);
}

function joined(pieces: readonly Piece[], wrap: (lines: readonly string[]) => readonly string[]): Piece {
  const last = pieces.findIndex(({ neverSettles }) => neverSettles === true);
  const reached = last < 0 ? pieces : pieces.slice(0, last + 1);
  return {
    lines: wrap(pieces.flatMap(({ lines }) => lines)),
    neverSettles: last >= 0,
    mustFail: reached.some(({ mustFail }) => mustFail === true),
    mayFail: pieces.some(({ mayFail }) => mayFail === true),
    isWhole: pieces.every(({ isWhole }) => isWhole !== false),
    needsTransaction: reached.some(({ needsTransaction }) => needsTransaction === true),
  };
}

/**
 * Draws the body of an `upgrade` that may use what `programPrelude` declares.
 * @param firstOperation its operations are numbered from the next number on
 */
export function randomProgram(random: Random, firstOperation: number): Program {
  const drawing = new Drawing(random, firstOperation);
  const pieces = Array.from({ length: 1 + drawing.upTo(5) }, () => drawPiece(drawing, 0));
  const {
    lines,
    mustFail = false,
    neverSettles = false,
    mayFail = false,
    isWhole = true,
    needsTransaction = false,
  } = joined(pieces, (all) => all);
  return {
    text: lines.map((line) => `  ${line}`).join("\n"),
    mustFail: mustFail || neverSettles,
    mayFail,
    isWhole,
    needsTransaction,
  };
}

/** What programs use: `called` notes an operation in the file `journal` beside the revision when it is called. */
export const programPrelude = `import { appendFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

function called(n: number): number {
  appendFileSync(\`\${__filename}.journal\`, \`\${n}\\n\`);
  return n;
}

function mark(n: number): string {
  return \`INSERT INTO marks VALUES (\${called(n)})\`;
}
`;
