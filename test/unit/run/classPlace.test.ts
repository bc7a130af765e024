import { deepStrictEqual } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { placeOfFailure, placeOfMethod } from "../../../src/run/typeorm/classPlace";

interface ClassText {
  readonly title: string;
  readonly text: string;
  readonly up: string;
  readonly down: string;
}

/** The places are lines and columns, counted from one. */
const classes: readonly ClassText[] = [
  {
    title: "a class of TypeScript",
    text: "// up() and down()\nexport class Shop1 {\n  public async up(queryRunner: QueryRunner) {}\n  async down() {}\n}\n",
    up: "3:16",
    down: "4:9",
  },
  {
    title: "the second class of a file",
    text: "class Shop10 {\n  up() {}\n  down() {}\n}\nclass Shop1 {\n  up() {}\n  down() {}\n}\n",
    up: "6:3",
    down: "7:3",
  },
  {
    title: "functions that are kept in properties",
    text: "class Shop1 {\n  up = async () => {};\n  'down' = async () => {};\n}\n",
    up: "2:3",
    down: "3:4",
  },
  {
    title: "a class that is compiled to ES5",
    text: "var Shop1 = /** @class */ (function () {\n  function Shop1() {\n  }\n  Shop1.prototype.up = function (queryRunner) {};\n  Shop1.prototype.down = function (queryRunner) {};\n  return Shop1;\n}());\n",
    up: "4:19",
    down: "5:19",
  },
  {
    title: "a class whose methods come from another file",
    text: "export class Shop1 extends Base {}\n",
    up: "1:8",
    down: "1:8",
  },
];

class Shop1 {
  up = (): Promise<void> => Promise.resolve();
  down = (): Promise<void> => Promise.resolve();
}

describe("the place where a migration failed", () => {
  it("is told by the stack where the file of its class is not known", () => {
    const stack = [
      'QueryFailedError: relation "nope" does not exist',
      "    at query (file:///project/node_modules/typeorm/driver.js:10:2)",
      "    at async helper (file:///project/node_modules/shop/m.js:8:4)",
      "    at async Shop1.up (file:///project/node_modules/shop/m.js:3:5)",
      "    at async run (/project/node_modules/alembic-ts/dist/cli.js:1:1)",
    ].join("\n");
    const migration = { file: undefined, instance: new Shop1() };
    const places = (["up", "down"] as const).map((method) =>
      placeOfFailure(Object.assign(new Error(), { stack }), migration, method),
    );
    deepStrictEqual(places, [{ path: "/project/node_modules/shop/m.js", line: 8, column: 4 }, undefined]);
  });
});

describe("the place of a migration's method", () => {
  let folder = "";

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "alembic-ts-class-"));
  });

  after(() => rmSync(folder, { recursive: true }));

  for (const { title, text, up, down } of classes) {
    it(`is found in ${title}`, () => {
      const file = join(folder, "shop.ts");
      writeFileSync(file, text);
      const migration = { file, instance: new Shop1() };
      const place = (method: "up" | "down"): string => {
        const found = placeOfMethod(migration, method);
        return `${String(found?.line)}:${String(found?.column)}`;
      };
      deepStrictEqual({ up: place("up"), down: place("down") }, { up, down });
    });
  }
});
