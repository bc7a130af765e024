import "reflect-metadata";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { loadModule } from "../../../src/project/loadModule";
import { withProject } from "./temporaryProject";

const repository = join(__dirname, "../../..");
const compiler = join(repository, "node_modules/typescript/bin/tsc");

/** A decorator for properties, methods, parameters and classes that leaves only the types behind. */
const decorators = `export const Column = (): any => () => undefined;\n`;

/** Types as an entity's file names them, and what other files have under these names. */
const kinds: Readonly<Record<string, readonly (readonly [type: string, imports: string])[]>> = {
  enums: [
    ["Phase", `import { Phase } from "./types";`],
    ["Level", `import { Level } from "./types";`],
    ["Mixed", `import { Mixed } from "./types";`],
    ["Constant", `import { Constant } from "./types";`],
    ["Phase.Begun", `import { Phase } from "./types";`],
    ["Phase", `import type { Phase } from "./types";`],
    ["Phase", `import { type Phase } from "./types";`],
    ["Stage", `import { Phase as Stage } from "./types";`],
    ["types.Phase", `import * as types from "./types";`],
    ["types.Phase", `import type * as types from "./types";`],
    ["Shop.Size", `import { Shop } from "./types";`],
    ["Whole", `import Whole from "./whole";`],
    ["Phase", `import { Phase } from "./barrel";`],
    ["Renamed", `import { Renamed } from "./barrel";`],
    ["all.Phase", `import { all } from "./barrel";`],
    ['import("./types").Phase', ""],
  ],
  aliases: [
    ["Word", `import { Word } from "./types";`],
    ["Words", `import { Words } from "./types";`],
    ["Numbers", `import { Numbers } from "./types";`],
    ["Flag", `import { Flag } from "./types";`],
    ["Big", `import { Big } from "./types";`],
    ["List", `import { List } from "./types";`],
    ["Pair", `import { Pair } from "./types";`],
    ["Action", `import { Action } from "./types";`],
    ["Template", `import { Template } from "./types";`],
    ["Shouted", `import { Shouted } from "./types";`],
    ["Keys", `import { Keys } from "./types";`],
    ["Values", `import { Values } from "./types";`],
    ["Mapped", `import { Mapped } from "./types";`],
    ["Chosen", `import { Chosen } from "./types";`],
    ["Maybe<string>", `import { Maybe } from "./types";`],
    ["MaybeWord", `import { MaybeWord } from "./types";`],
    ["Moment", `import { Moment } from "./types";`],
    ["Anything", `import { Anything } from "./types";`],
    ["Constants", `import { Constants } from "./types";`],
    ["Brand", `import { Brand } from "./types";`],
    ["Exclude<Word, 'a'>", `import { Word } from "./types";`],
    ["Uppercase<Word>", `import { Word } from "./types";`],
    ["Local", `import { Word } from "./types"; type Local = Word;`],
    ["Chained", `import { Chained } from "./barrel";`],
  ],
  objects: [
    ["Shape", `import { Shape } from "./types";`],
    ["Maker", `import { Maker } from "./types";`],
    ["Other", `import { Other } from "./types";`],
    ["Other", `import type { Other } from "./types";`],
    ["types.Other", `import * as types from "./types";`],
    ["Other", `import { Other } from "./barrel";`],
    ["Merged", `import { Merged } from "./types";`],
    ["Expression", `import { Expression } from "./types";`],
    ["Generic<string>", `import { Generic } from "./types";`],
    ["Promise<Other>", `import { Other } from "./types";`],
    ["Other[]", `import { Other } from "./types";`],
    ["Point", `import { Point } from "geometry";`],
    ["Kind", `import { Kind } from "geometry";`],
    ["Date", ""],
    ["Buffer", ""],
    ["Record<string, Shape>", `import { Shape } from "./types";`],
  ],
  nullable: [
    ["string | null", ""],
    ["Date | undefined", ""],
    ["Phase | null", `import { Phase } from "./types";`],
    ["Word | undefined", `import { Word } from "./types";`],
    ["Other | null", `import { Other } from "./types";`],
    ["Phase | Word", `import { Phase, Word } from "./types";`],
    ["Phase | Level", `import { Phase, Level } from "./types";`],
    ["null | (Phase)", `import { Phase } from "./types";`],
    ["Word & {}", `import { Word } from "./types";`],
    ["T", ""],
  ],
  globals: [
    ["GlobalPhase", ""],
    ["GlobalShape", ""],
    ["GlobalWord", ""],
    ["Ambient.Size", ""],
    ["ScriptWord", ""],
    ["NoSuchType", ""],
  ],
};

const shared = {
  "src/column.ts": decorators,
  "src/types.ts": `export enum Phase { Begun = "begun", Done = "done" }
export enum Level { Low, High }
export enum Mixed { A, B = "b" }
export const enum Constant { One = 1 }
export namespace Shop { export enum Size { S = "s" } }
export type Word = "a" | "b";
export type Words = Word | "c" | string;
export type Numbers = 1 | 2;
export type Flag = true | false;
export type Big = bigint;
export type List = readonly string[];
export type Pair = [string, number];
export type Action = () => void;
export type Template = \`\${Word}-\${number}\`;
export type Shouted = Uppercase<Word>;
export interface Shape { a: string; b: string }
export type Keys = keyof Shape;
export type Values = Shape["a"];
export type Mapped = { [Key in Word]: number };
export type Chosen = Word extends string ? string : number;
export type Maybe<T> = T | null;
export type MaybeWord = Maybe<Word>;
export type Moment = Date;
export type Anything = any;
export const Constants = { A: "a", B: "b" } as const;
export type Constants = (typeof Constants)[keyof typeof Constants];
export type Brand = string & { readonly brand: "x" };
export interface Maker { new (): Shape }
export class Other { a = 1; }
export class Merged { a = 1; }
export interface Merged { b: string }
export const Expression = class Expression { a = 1; };
export type Expression = InstanceType<typeof Expression>;
export class Generic<T> { a?: T; }
`,
  "src/whole.ts": `enum Whole { A = "a" }\nexport default Whole;\n`,
  "src/barrel.ts": `export * from "./types";\nexport { Phase as Renamed } from "./types";\nexport * as all from "./types";\nimport { Word } from "./types";\nexport type Chained = Word;\n`,
  "src/globals.ts": `export {};\ndeclare global {\n  type GlobalWord = "x" | "y";\n  interface GlobalShape { a: string }\n  enum GlobalPhase { A = "a" }\n}\n`,
  "src/ambient.d.ts": `declare namespace Ambient { const enum Size { S = 1 } }\n`,
  "src/script.ts": `type ScriptWord = "s";\n`,
  "node_modules/geometry/package.json": `{ "name": "geometry", "version": "1.0.0", "types": "index.d.ts" }`,
  "node_modules/geometry/index.d.ts": `export interface Point { x: number }\nexport type Kind = "p" | "q";\n`,
};

function entity([type, imports]: readonly [string, string]): string {
  return `import { Column } from "./column";
${imports}
@Column()
export class Entity<T extends string> {
  @Column() property!: ${type};
  @Column() optional?: ${type};
  constructor(first: ${type}, ...rest: ${type}[]) {}
  @Column() method(parameter: ${type}): ${type} { return parameter; }
  @Column() get accessor(): ${type} { return this.property; }
}
`;
}

/** Names of what is emitted for each member. */
function designTypes(exports: unknown): unknown {
  const { Entity } = exports as { readonly Entity: (new () => object) & { readonly prototype: object } };
  const name = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(name) : typeof value === "function" ? value.name : String(value);
  const keys = ["design:type", "design:paramtypes", "design:returntype"];
  const members = ["property", "optional", "method", "accessor"];
  return [
    name(Reflect.getMetadata("design:paramtypes", Entity)),
    ...members.map((member) => [
      member,
      ...keys.map((key) => name(Reflect.getMetadata(key, Entity.prototype, member))),
    ]),
  ];
}

const compilerOptions = {
  target: "ES2022",
  outDir: "build",
  rootDir: "src",
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  noEmitOnError: false,
  esModuleInterop: true,
  skipLibCheck: true,
};

const formats = {
  CommonJS: [{ module: "CommonJS", moduleResolution: "bundler" }, "{}"],
  ESM: [{ module: "ESNext", moduleResolution: "bundler" }, `{ "type": "module" }`],
} as const;

/** Whether each member of each kind gets the type from our loading that it has in what tsc makes of the same project. */
export async function checkEmittedTypes(format: keyof typeof formats, strict: boolean): Promise<void> {
  const [moduleOptions, packageJson] = formats[format];
  const cases = Object.entries(kinds).flatMap(([kind, types]) =>
    types.map((each, at) => ({ name: `${kind}${String(at)}`, type: each })),
  );
  const files = {
    "package.json": packageJson,
    "tsconfig.json": JSON.stringify({
      compilerOptions: { ...compilerOptions, ...moduleOptions, strict },
    }),
    "build/package.json": packageJson,
    ...shared,
    ...Object.fromEntries(cases.map(({ name, type }) => [`src/${name}.ts`, entity(type)])),
  };
  const withExtensions = Object.entries(files).map(([name, text]) => [
    name,
    text.replace(/((?:from |import\()"\.\/\w+)"/g, `$1${format === "ESM" ? ".js" : ""}"`),
  ]);
  await withProject(Object.fromEntries(withExtensions) as typeof files, async (directory) => {
    spawnSync(process.execPath, [compiler, "-p", "."], { cwd: directory });
    const different = [];
    for (const { name, type } of cases) {
      const built = join(directory, "build", `${name}.js`);
      const expected =
        format === "ESM"
          ? ((await import(pathToFileURL(built).href)) as unknown)
          : (createRequire(built)(built) as unknown);
      const actual = await loadModule(join(directory, "src", `${name}.ts`)).catch((error: unknown) => error);
      const [wanted, got] = [
        designTypes(expected),
        actual instanceof Error ? actual.message : designTypes(actual),
      ];
      if (JSON.stringify(wanted) !== JSON.stringify(got)) {
        different.push({
          type: type.join("   "),
          wanted: JSON.stringify(wanted),
          got: JSON.stringify(got),
        });
      }
    }
    assert.deepEqual(different, []);
  });
}
