import assert from "node:assert/strict";
import { readExportedFunctions } from "../../../src/source/moduleExports";
import { parseScript } from "../../../src/source/parseScript";

const cases: readonly [title: string, text: string, marked: Readonly<Record<string, string>>][] = [
  [
    "functions, in the order of the text",
    "export async function b() {}\nexport function a() {}\nfunction hidden() {}",
    { b: "b", a: "a" },
  ],
  [
    "constants that are functions, or that a call makes",
    "export const a = async () => {}, b = function () {} satisfies Test;\nexport const c = withRows(() => {});",
    { a: "a", b: "b", c: "c" },
  ],
  ["names of an export list", "function a() {}\nexport { a as b };\nexport type { T };", { b: "a" }],
  ["CommonJS", "exports.a = function () {};\nmodule.exports.b = () => {};", { a: "a", b: "b" }],
  ["a function that is the default", "export default async function splits() {}", { default: "splits" }],
  ["a function without a name", "export default () => 1;", { default: "() => 1" }],
  [
    "no values, classes, types and declarations",
    "export const a = 1;\nexport class B {}\nexport default class {}\nexport interface C {}\nexport declare function d(): void;",
    {},
  ],
];

describe("the functions that a module exports", () => {
  for (const [title, text, marked] of cases) {
    it(title, () => {
      const found = readExportedFunctions(parseScript(text).program);
      assert.deepEqual(
        found.map(({ name, range }) => [name, text.slice(range.start, range.end)]),
        Object.entries(marked),
      );
    });
  }
});
