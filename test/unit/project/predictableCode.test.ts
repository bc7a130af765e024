import assert from "node:assert/strict";
import { isPredictable } from "../../../src/project/memory/predictableCode";

const compiledEntity = `"use strict";
const typeorm_1 = require("typeorm");
const node_path_1 = require("node:path");
let User = class User { id; createdAt; };
__decorate([ (0, typeorm_1.Column)(), __metadata("design:type", Date) ], User.prototype, "createdAt", void 0);
__decorate([ __metadata("design:paramtypes", [String, Date]) ], User.prototype, "touch", null);
exports.User = User;`;

const predictable: readonly (readonly [what: string, code: string])[] = [
  ["an entity with a date", compiledEntity],
  ["a variable of the process", "exports.url = process.env.DATABASE_URL;"],
  ["a file of the project", 'require("./user");'],
  ["a path", 'exports.glob = (0, require("path").join)(__dirname, "*.ts");'],
];

const unpredictable: readonly (readonly [what: string, code: string])[] = [
  ["the time", "exports.now = new Date();"],
  ["the time by its function", "exports.now = Date.now();"],
  ["the class of times under another name", "const Clock = Date;"],
  ["chance", "exports.suffix = Math.random();"],
  ["the file system", 'require("fs").readFileSync("x");'],
  ["the file system by its other name", 'require("node:fs");'],
  ["another program", 'require("child_process");'],
  ["the network", 'fetch("http://127.0.0.1");'],
  ["the machine", 'require("os").hostname();'],
  ["random bytes", 'require("crypto").randomBytes(4);'],
  ["the process", "exports.folder = process.cwd();"],
  ["the process by an index", 'exports.folder = process["cwd"]();'],
  ["the process under another name", "const { argv } = process;"],
  ["a global", "exports.x = globalThis.x;"],
  ["a computed module", "require(name);"],
  ["require itself", "const load = require;"],
  ["another require", 'require("module").createRequire(__filename);'],
  ["what is evaluated", 'eval("1");'],
  ["a function of a text", 'new Function("return 1");'],
  ["what comes later", "setTimeout(() => undefined);"],
  ["an import at run time", 'import("./user");'],
  ["a database", "exports.ready = dataSource.initialize();"],
  ["the language of the user", "exports.x = (1).toLocaleString();"],
];

describe("code that gives the same whenever it runs", () => {
  for (const [what, code] of predictable) {
    it(`may have ${what}`, () => {
      assert.equal(isPredictable(code), true);
    });
  }
  for (const [what, code] of unpredictable) {
    it(`does not depend on ${what}`, () => {
      assert.equal(isPredictable(code), false);
    });
  }
});
