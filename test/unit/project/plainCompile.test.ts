import "reflect-metadata";
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";
import fc from "fast-check";
import { compileByTypeScript } from "../../../src/project/loader/compile";
import { loadTypeScript } from "../../../src/project/loader/compiler";
import { compilePlain } from "../../../src/project/loader/plain/compilePlain";
import { settingsFor } from "../../../src/project/loader/tsconfig";
import type { TypeScriptSettings } from "../../../src/project/loader/tsconfig";
import { withProject } from "./temporaryProject";

const runs = Number(process.env["PLAIN_RUNS"] ?? 10);
const seed = process.env["PLAIN_SEED"];

/** A value as it can be compared between two runs of the same file. */
function shown(value: unknown, depth = 0): unknown {
  if (typeof value === "function") {
    return `function ${value.name}`;
  }
  if (typeof value !== "object" || value === null || depth > 4) {
    return typeof value === "bigint" || value === undefined ? String(value) : value;
  }
  if (Array.isArray(value)) {
    return value.map((each) => shown(each, depth + 1));
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shown(each, depth + 1)]));
}

/** What an argument of a decorator is; of a function, what it gives. */
function argument(value: unknown): unknown {
  if (typeof value !== "function" || /^class/.test(String(value))) {
    return shown(value);
  }
  try {
    return {
      gives: shown(
        (value as (row: unknown) => unknown)(new Proxy({}, { get: (_row, key) => `.${String(key)}` })),
      ),
    };
  } catch (error) {
    return { throws: error instanceof Error ? error.name : "" };
  }
}

/** A class that may be called as a function, too. */
function callable(name: string): unknown {
  const made = function (...given: readonly unknown[]): unknown {
    return new.target === undefined ? { called: name, given: given.map(argument) } : undefined;
  };
  return Object.defineProperty(made, "name", { value: name });
}

/** Runs a compiled file, and gives all that its decorators saw and what it exports. */
function outcomeOf(code: string): unknown {
  const seen: unknown[] = [];
  const decorator =
    (name: string) =>
    (...given: readonly unknown[]) =>
    (target: object, key?: string, description?: unknown) => {
      const owner = typeof target === "function" ? target.name : `${target.constructor.name}.prototype`;
      const types: unknown =
        key === undefined
          ? Reflect.getOwnMetadata("design:paramtypes", target)
          : ["design:type", "design:paramtypes", "design:returntype"].map((kind): unknown =>
              Reflect.getOwnMetadata(kind, target, key),
            );
      seen.push([name, given.map(argument), owner, key, typeof description, shown(types)]);
    };
  const asked: string[] = [];
  const module = { exports: {} as Record<string, unknown> };
  const classes = new Map<string, unknown>();
  const classNamed = (name: string): unknown => {
    const made = classes.get(name) ?? callable(name);
    classes.set(name, made);
    return made;
  };
  const load = (specifier: string): unknown => {
    asked.push(specifier);
    return specifier === "typeorm"
      ? new Proxy({}, { get: (_module, name) => decorator(String(name)) })
      : new Proxy(
          { __esModule: true },
          { get: (found, name) => (name === "__esModule" ? found.__esModule : classNamed(String(name))) },
        );
  };
  let failure = "";
  try {
    const run = vm.runInThisContext(`(function (exports, require, module) { ${code}\n})`) as (
      ...given: readonly unknown[]
    ) => void;
    run.call(module.exports, module.exports, load, module);
  } catch (error) {
    // Each compiler has its own names for what is imported: `config_1`, `_config_2$`.
    failure = String(error).replace(/\b_?(\w+?)_\d+\$?(?=\.)/g, "$1");
  }
  const exported = Object.entries(module.exports);
  return { seen, asked, failure, exported: exported.map(([name, value]) => [name, exportedValue(value)]) };
}

/** An exported value; of a class also what an instance and the class itself begin with. */
function exportedValue(value: unknown): unknown {
  if (typeof value !== "function" || !/^class/.test(String(value))) {
    return shown(value);
  }
  const made = value as new () => object;
  const instance = (): unknown => {
    try {
      return shown({ ...new made() });
    } catch (error) {
      return error instanceof Error ? error.name : "";
    }
  };
  return {
    name: made.name,
    length: made.length,
    statics: shown(Object.fromEntries(Object.entries(made))),
    methods: Object.getOwnPropertyNames(made.prototype as object),
    instance: instance(),
  };
}

const others = {
  "src/Other.ts": `export class Other { id!: number }
export abstract class Base<T = string> { base?: T }
export enum Colour { Red = "red" }
export const enum Size { Small, Large = 7 }
export enum Level { Low, High = 7 }
export enum Mixed { None, Some = "some" }
export enum Counted { One = 1 << 1 }
export interface Shape { a: number }
export type Alias = string;
`,
  "src/index.ts": `export * from "./Other";\nexport { Other as Renamed, Colour as Tint } from "./Other";\n`,
};

const types = [
  ...[
    "string",
    "number",
    "boolean",
    "Date",
    "bigint",
    "symbol",
    "object",
    "any",
    "unknown",
    "null",
    "undefined",
    "never",
  ],
  ...[
    "string[]",
    "[string, number]",
    "Array<string>",
    "Promise<Other>",
    "Map<string, number>",
    "Record<string, number>",
  ],
  ...[
    "string | null",
    "number | undefined",
    "Date | null",
    "Other | null",
    '"a" | "b"',
    "1 | 2",
    "'a' | 1",
    "true | false",
  ],
  ...[
    "Other",
    "Renamed",
    "Relation<Other>",
    "Local",
    "LocalRole",
    "LocalLevel",
    "LocalShape",
    "Colour",
    "Colour | null",
    "Level",
    "Level[]",
    "Buffer",
    "Uint8Array",
  ],
  ...[
    "{ a: number }",
    "() => void",
    "(string)",
    "(string | null)",
    "`a${string}`",
    "Partial<Local>",
    "LocalRole | null",
  ],
  ...[
    "string | number",
    "any | string",
    "typeof limit",
    "Local['id']",
    "never | string",
    "Function",
    "Other[] | null",
  ],
] as const;

const decorators = [
  "Column()",
  'Column("int", { nullable: true })',
  "ManyToOne(() => Other, (other) => other.id)",
];

const member = fc.record({
  type: fc.option(fc.constantFrom(...types), { nil: undefined }),
  decorators: fc.subarray(decorators, { minLength: 0, maxLength: 2 }),
  modifier: fc.constantFrom(
    "",
    "public ",
    "private readonly ",
    "protected ",
    "declare ",
    "override ",
    "static ",
    "readonly ",
  ),
  mark: fc.constantFrom("", "?", "!"),
  value: fc.constantFrom(
    undefined,
    "1",
    "() => new Other()",
    "[limit as any]",
    "{ Other, id: limit! }",
    "this.constructor.name",
  ),
  kind: fc.constantFrom("property", "property", "property", "method", "asynchronous"),
});
type MemberCase = typeof member extends fc.Arbitrary<infer Case> ? Case : never;

function memberText(
  { type, decorators: above, modifier, mark, value, kind }: MemberCase,
  index: number,
): string {
  const before = above.map((each) => `  @${each}\n`).join("");
  const annotation = type === undefined ? "" : `: ${type}`;
  const name = `member${String(index)}`;
  if (kind === "property") {
    const isSet = value !== undefined && modifier !== "declare ";
    return `${before}  ${modifier}${name}${isSet ? "" : mark}${isSet && mark === "!" ? "" : annotation}${isSet ? ` = ${value}` : ""};`;
  }
  const word = modifier === "declare " || modifier.includes("readonly") ? "" : modifier;
  const parameters = `one${annotation}, two?: number, { three }: { three?: Other } = {}, ...rest: string[]`;
  const returned = type === undefined ? "" : `: ${kind === "asynchronous" ? "Promise<Other>" : type}`;
  return `${before}  ${word}${kind === "asynchronous" ? "async " : ""}${name}(${parameters})${returned} { return [one, two, three, rest, Other] as any; }`;
}

const file = fc
  .record({
    members: fc.array(member, { minLength: 1, maxLength: 8 }),
    isEntity: fc.boolean(),
    base: fc.constantFrom(
      "",
      " extends Base",
      " extends Base<string> implements LocalShape",
      " implements LocalShape, Iterable<string>",
    ),
    exporting: fc.constantFrom("", "export ", "export default ", "export abstract "),
    isDecoratedFirst: fc.boolean(),
  })
  .map(({ members, isEntity, base, exporting, isDecoratedFirst }) => {
    const entity = isEntity ? '@Entity("rows", { orderBy: { id: "ASC" } })\n' : "";
    const head = isDecoratedFirst
      ? `${entity}${exporting}`
      : `${exporting.replace("abstract ", "")}${entity}`;
    return `import { Column, Entity, ManyToOne, Unused, type Relation } from "typeorm";
import type { Shape } from "./Other";
import { Other, Base, Colour, Level } from "./Other";
import { Renamed } from "./index";
import "./effects";

const limit = 5 as const;
export const shared = { limit, Other: [Other] } satisfies object;
export enum LocalRole { Admin = "admin", User = "user" }
enum LocalLevel { Low, High = 5, Higher }
interface LocalShape extends Shape { b?: string }
export type { Shape };
export class Local { @Column() id!: number; static of<T extends object>(this_: T): T { return this_!; } }

${head}class Row${base} {
${members.map(memberText).join("\n")}
}
`;
  });

/** Both ways to compile a file, under all settings that a project may have. */
function compareBoth(text: string, path: string, isWanted: boolean): void {
  for (const { format, ...given } of settingsOfProjects) {
    const settings: TypeScriptSettings = { ...settingsFor(path), ...given };
    const plain = compilePlain(text, path, format, settings);
    if (plain === undefined) {
      assert.ok(!isWanted || format === "module", `not compiled quickly:\n${text}`);
      continue;
    }
    const usual = compileByTypeScript(text, path, format, settings);
    const [own, theirs] = [plain.text, usual.text].map((code) =>
      outcomeOf(format === "module" ? asCommonjs(code) : code),
    );
    assert.deepEqual(own, theirs, `${text}\n--- became\n${plain.text.split("//# source")[0] ?? ""}`);
    assert.deepEqual(plain.dependencies, usual.dependencies);
  }
}

/** An ES module, so that it can be run here. */
function asCommonjs(code: string): string {
  const { ModuleKind, ScriptTarget, transpileModule } = loadTypeScript();
  const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true };
  return transpileModule(code, { fileName: "row.js", compilerOptions }).outputText;
}

const settingsOfProjects = (["commonjs", "module"] as const).flatMap((format) => [
  ...[true, false].flatMap((useDefineForClassFields) =>
    [true, false].map((strictNullChecks) => ({
      format,
      useDefineForClassFields,
      strictNullChecks,
      hasMetadata: true,
    })),
  ),
  {
    format,
    useDefineForClassFields: format === "module",
    strictNullChecks: true,
    hasMetadata: false,
  },
]);

const head = `import { Column, Entity, ManyToOne } from "typeorm"
import { Other } from "./Other"
`;

/** Files that a person might write, with what is easily missed; undefined: it depends on the settings. */
const written: readonly (readonly [name: string, text: string, isWanted: boolean | undefined])[] = [
  [
    "no semicolons",
    `${head}type A = string\nexport const first = [1]\ntype B = string\nexport const second = (() => 2)()
interface C {}\nexport class Row { @Column() a: string\n b = 1\n c?: string\n @Column() d = 2 as number\n static e = [1] }`,
    true,
  ],
  [
    "a type before a bracket in the next line",
    `${head}const one = 1 as number\n;[1].map(String)\nconst two = one as number\nexport class Row { @Column() a!: string }`,
    true,
  ],
  ["a value of a type before a call", `const f = Object as any\n(f)(1)\nexport class Row {}`, false],
  [
    "a class that reads itself",
    `${head}@Entity() export class Row { @ManyToOne(() => Row) up!: Row; static make() { return new Row(); } copy() { return Row.make(); } }
export const made = Row.make().copy() instanceof Row;`,
    true,
  ],
  [
    "a class that reads itself while it is made",
    `${head}@Entity() export class Row { static one = 1; static two = Row.one + 1; @Column() a!: string }`,
    false,
  ],
  [
    "a constructor",
    `${head}@Entity() export class Row { @Column() a: string; constructor(a?: string, b?: Other, ...c: Date[]) { this.a = a ?? "none"; } }`,
    true,
  ],
  [
    "a constructor beside initial values",
    `${head}export class Row { @Column() a = 1; constructor(readonly b = 2) {} }`,
    false,
  ],
  [
    "accessors and a generator",
    `${head}export class Row { @Column() private _a = "x"\n b!: string\n *rows(): Iterable<string> { yield this._a } get a(): string { return this._a } set a(a: string) { this._a = a } static { Other } }`,
    true,
  ],
  ["a decorated accessor", `${head}export class Row { @Column() get a(): string { return "" } }`, false],
  [
    "a name with two meanings",
    `${head}export class Row { @Column() a!: string; m(Other: number) { return Other } }\nexport const x = Other;`,
    false,
  ],
  [
    "a default import",
    `import plain, { type Shape } from "./plain";\nimport { Column } from "typeorm";\nexport class Row { @Column(plain()) a!: string; b = plain; c = new plain!() as Shape }`,
    true,
  ],
  [
    "text in every place",
    `${head}/** of the file */\n/* a */ @Entity(/* b */ "rows") // c\nexport class /* d */ Row /* e */ { // f\n /** g */ @Column(/* h */) /* i */ a /* j */!: string /* k */; }`,
    false,
  ],
  [
    "code within",
    `${head}export class Row { @Column("int", { transformer: { to: (v: Other | null) => v?.id!, from(v: string): Date { try { return new Date(v) } catch (error: unknown) { throw error } } } }) a!: Date;
 m() { const { Column: c, ...others } = { Column, Other }; outer: for (const [x, y = Other] of [[1]] as any[]) { if (x) continue outer; } return \`\${Other.name}\${c}\` + others; } }`,
    true,
  ],
  [
    "passed on",
    `export * from "./Other";\nexport * from "./more";\nexport type { Shape } from "./shape";`,
    true,
  ],
  [
    "enums of all kinds",
    `export enum A { x = "1", "y-z" = "2" }\nexport const enum B { x, y = 4, z }\nenum C { a = 1, b = "b" }\nexport const c = C;`,
    true,
  ],
  ["what is declared only", `declare enum A { x }\ndeclare const b: string;\nexport class Row {}`, false],
  [
    "modules whose names begin with a number, or end with a dot",
    `import { A } from "./1700000000001-a";\nimport { B } from "./2";\nimport { C } from "..";\nexport const all = [A, B, C];`,
    true,
  ],
  [
    "a type at the end of a line, before a comment and a bracket",
    `${head}const one = 1 as any // a note\n/* and another */\n;[1].map(String)\nconst two = one as any // a note\n  [1]\nexport class Row {}`,
    false,
  ],
  [
    "exports in the order of the file",
    `export const second = 1;\nexport class First {}\nexport enum Third { a }\nexport const fourth = 3;\n`,
    true,
  ],
  [
    "a class whose name has a sign, that reads itself while it is made",
    `${head}@Entity() export class Row$ { static one = 1; static two = Row$.one + 1; @Column() a!: string }`,
    false,
  ],
  [
    "a class or nothing as a type, whose import does not stay",
    `import { Column } from "typeorm";\nimport { Other } from "./Other";\nimport { Colour } from "./Other";\nexport class Row { @Column() a!: Other | null; @Column() b!: Colour | undefined; @Column() c!: Other | string; @Column() d!: Other[] | Other }`,
    true,
  ],
  [
    "a constant enum of another file as a type",
    `import { Column } from "typeorm";\nimport { Size } from "./Other";\nexport class Row { @Column() a!: Size }`,
    false,
  ],
  ["a type before an operator that binds tighter", `export const share = (100 - 40 as number / 10);`, false],
  [
    "a type before an operator that binds tighter, satisfied",
    `export const share = 100 - 40 satisfies number * 10;`,
    false,
  ],
  [
    "a type before an operator, of one operand",
    `const a = 8 as number | 1;\nexport const b = (a as number) / 2 + ("6" as any as number) * 2 as number;`,
    true,
  ],
  ["a return type on a line of its own", `export const f = (a: string)\n  : string => a;`, false],
  ["type parameters at the end of a line", `export function f() { return <T>\n(x: T) => x }`, false],
  ["type parameters before a comment", `export function f() { return <T> // why\n(x: T) => x }`, false],
  [
    "type parameters over lines",
    `export const f = <\n  T,\n>(x: T) => [x];\nexport async function g<T>(x: T) { return async <U>(y: U): Promise<unknown> => [x, y] }`,
    true,
  ],
  [
    "a field called get",
    `${head}export class Row { @Column() get!: string\n label() { return 1 } }`,
    undefined,
  ],
  ["a field called static", `export class Row { static: any\n foo() {} }`, undefined],
  ["a script", `exports.tableName = "rows";`, false],
  [
    "a class that its static block makes",
    `${head}@Entity() export class Row { static made: unknown[] = []; static { this.add() } static add() { this.made.push(new Row()) } }`,
    false,
  ],
  [
    "a class whose static property calls a method",
    `${head}@Entity() export class Row { static made = this.make(); static make() { return [Row] } }`,
    false,
  ],
  [
    "patterns with default values",
    `${head}export class L {}\nexport class Row { @Column() m({ a }: L = new L(), [b]: string[] = [], { c }: Other = {} as never, d: number = 1) { return [a, b, c, d] } }`,
    true,
  ],
  [
    "type parameters called as a global",
    `${head}export class Row<Event, Date> { @Column() a!: Event; @Column() b!: Date }`,
    false,
  ],
  [
    "type parameters of a method called as an import",
    `${head}export class Row { @Column() m<Other>(a: Other) { return a } }`,
    false,
  ],
  [
    "a variable called as a global type",
    `${head}const Date = 5;\nexport class Row { @Column() a!: Date }`,
    false,
  ],
  ["a list of no imports", `import {} from "./effects";\nexport const a = 1;`, true],
  ["an enum in two parts", `export enum A { x }\nexport enum A { y = 1 }`, false],
  [
    "a comment before what is implemented",
    `interface Foo {}\nexport class A implements /* it implements this */ Foo {}`,
    false,
  ],
  ["an escape in a name", `export class R\\u006fw {}\nexport const made = new Row();`, false],
  ["other ends of lines", `export const a = 1 as any\r[1].map(String)`, false],
  ["what a script takes for a comment", `const [a, b] = [1, 2];\nexport const c = a<!--b`, undefined],
  ["a variable that is disposed of", `export function f() { using x = null; return x }`, false],
  [
    "a constant that is given another value",
    `export const a = 1;\nexport function f() { (a as any) = 2; return a }`,
    false,
  ],
  ["a list of exports", `class Row {}\nexport { Row };`, false],
  [
    "a revision",
    `import type { Migration } from "alembic-ts";\n\nexport const revision = "a1";\nexport const down_revision: string | string[] | null = null;
export async function upgrade({ op }: Migration): Promise<void> { await op.execute<unknown>("SELECT 1"); }
export async function downgrade({ op, context: { log } }: Migration) { await op.execute("SELECT 2" as string); log!("done"); }`,
    true,
  ],
  [
    "functions, which are there before the first statement",
    `export const early = [typeof late, late.name];\nexport function late(): void {}\nexport async function* rows<T>(this_: T) { yield this_ }\nexport enum Kind { a }`,
    true,
  ],
  [
    "an exported function with overloads",
    `export function f(a: string): void;\nexport function f() {}`,
    false,
  ],
  ["an exported function with another value", `export function f() {}\nf = (() => 1) as never;`, false],
  ["an exported class with another value", `export class Row {}\nRow = class {} as never;`, false],
  [
    "a configuration",
    `import { defineConfig } from "alembic-ts";\nconst folder = "a"\nexport default defineConfig({ folder, sizes: [1] as const } satisfies object)`,
    true,
  ],
  [
    "an object as the default",
    `export default /* the one */ { a: 1, b: () => 2 } as Record<string, unknown>;`,
    true,
  ],
  [
    "a function as the default",
    `export const name = made.name;\nexport default async function made() {}`,
    true,
  ],
  ["an arrow as the default", `export default async (a: string): Promise<string> => a;`, true],
  ["a function without a name as the default", `export default function () {}`, false],
  ["a value as the default", `${head}const rows = [Other];\nexport default rows;`, true],
  ["an imported value as the default", `import { Other } from "./Other";\nexport default Other;`, true],
  ["a type as the default", `interface Rows {}\nexport default Rows;`, false],
  [
    "whole modules",
    `import * as path from "node:path";\nimport all, * as others from "./Other";\nimport one, { Other } from "./plain";
export const joined = path.join("a", "b");\nexport const made = [all(1), others.Other(2), one(3), Other(4), typeof path.default];`,
    true,
  ],
  [
    "whole modules of which only types are used",
    `import * as path from "path";\nexport let a: path.ParsedPath`,
    false,
  ],
  [
    "names that are passed on",
    `export { Other, Base as Root, default as Plain } from "./Other";\nexport const own = 1;\nexport { Renamed } from "./index";`,
    true,
  ],
  ["types that are passed on by name", `export { type Shape, Other } from "./Other";`, false],
  ["a module that is passed on under a name", `export * as others from "./Other";`, false],
  [
    "enums of other files",
    `import { Column } from "typeorm";\nimport { Colour, Level, Other } from "./Other";\nimport { Tint } from "./index";
export class Row { @Column({ enum: Colour }) a!: Colour; @Column() b!: Level; @Column() c?: Tint | null; @Column() d!: Colour | Level;
 @Column() e!: Other; @Column() f!: Colour[]; @Column() g(one: Colour, two?: Level): Tint { return one as never } }`,
    true,
  ],
  [
    "an enum of another file whose values differ",
    `import { Column } from "typeorm";\nimport { Mixed } from "./Other";\nexport class Row { @Column() a!: Mixed }`,
    false,
  ],
  [
    "an enum of another file that is computed",
    `import { Column } from "typeorm";\nimport { Counted } from "./Other";\nexport class Row { @Column() a!: Counted }`,
    false,
  ],
  [
    "an enum that is imported as a type",
    `import { Column } from "typeorm";\nimport type { Colour } from "./Other";\nexport class Row { @Column() a!: Colour }`,
    false,
  ],
];

describe("files that are compiled quickly", function () {
  this.timeout(120_000);

  it("show their decorators what TypeScript's show them", () =>
    withProject(others, (directory) => {
      const path = join(directory, "src/Row.ts");
      let quick = 0;
      const check = fc.property(file, (text) => {
        quick += compilePlain(text, path, "commonjs", settingsFor(path)) === undefined ? 0 : 1;
        compareBoth(text, path, false);
      });
      fc.assert(check, { numRuns: runs, ...(seed === undefined ? {} : { seed: Number(seed) }) });
      assert.ok(quick > runs / 3, `${String(quick)} of ${String(runs)}`);
    }));

  for (const [name, text, isWanted] of written) {
    it(`show the same: ${name}`, () =>
      withProject({ ...others, "tsconfig.json": "{}" }, (directory) => {
        const path = join(directory, "src/Row.ts");
        if (isWanted !== undefined) {
          assert.equal(compilePlain(text, path, "commonjs", settingsFor(path)) !== undefined, isWanted);
        }
        compareBoth(text, path, isWanted === true);
      }));
  }

  it("have no types where the project's settings say so", () =>
    withProject(
      { "tsconfig.json": '{ "compilerOptions": { "emitDecoratorMetadata": false } }' },
      (directory) => {
        const path = join(directory, "Row.ts");
        const text = `import { Column } from "typeorm";\nexport class Row { @Column("text") name!: string; }\n`;
        const compiled = [compilePlain, compileByTypeScript].map(
          (compiler) => compiler(text, path, "commonjs", settingsFor(path))?.text ?? "",
        );
        assert.deepEqual(
          compiled.map((code) => [code.includes("__decorate("), code.includes('"design:type"')]),
          [
            [true, false],
            [true, false],
          ],
        );
      },
    ));

  const repository = join(__dirname, "../../..");
  for (const [folder, others] of [
    ["examples", ["nestjs/src/users/users.controller.ts"]],
    ["test/projects", []],
    ["test/adopted", []],
  ] as const) {
    it(`are those of ${folder}`, () => {
      const names = readdirSync(join(repository, folder), { recursive: true, encoding: "utf8" }).filter(
        (name) => name.endsWith(".ts") && !name.includes("node_modules"),
      );
      const slow = names.filter((name) => {
        const path = join(repository, folder, name);
        const text = readFileSync(path, "utf8");
        compareBoth(text, path, false);
        return compilePlain(text, path, "commonjs", settingsFor(path)) === undefined;
      });
      assert.deepEqual(slow, others);
    });
  }
});
