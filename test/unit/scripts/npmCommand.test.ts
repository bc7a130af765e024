import assert from "node:assert/strict";
import type * as NpmCommand from "../../../scripts/npmCommand.mjs" with { "resolution-mode": "import" };

const node = "C:\\Program Files\\nodejs\\node.exe";
const besideNode = "C:\\Program Files\\nodejs\\node_modules\\npm\\bin";
const ofUser = "C:\\Users\\Ann Other\\AppData\\Roaming\\npm\\node_modules\\npm\\bin";

describe("how npm is started", () => {
  let npmCommand: typeof NpmCommand.npmCommand;
  before(async () => ({ npmCommand } = await import("../../../scripts/npmCommand.mjs")));

  const cases: readonly (readonly [
    string,
    NodeJS.Platform,
    string | undefined,
    readonly string[],
    string,
  ])[] = [
    ["by its name on Linux", "linux", undefined, [], "npm"],
    ["by its script beside Node on Windows", "win32", undefined, [besideNode], besideNode],
    ["by the script of the npm that runs", "win32", `${ofUser}\\npm-cli.js`, [besideNode, ofUser], ofUser],
    ["not by the script of another package manager", "win32", "C:\\yarn\\yarn.js", [besideNode], besideNode],
  ];
  for (const [name, platform, running, folders, expected] of cases) {
    it(`is ${name}`, () => {
      const machine = {
        platform,
        environment: { npm_execpath: running },
        node,
        isFile: (path: string) => folders.some((folder) => path === `${folder}\\npm-cli.js`),
      };
      assert.deepEqual(
        npmCommand("npm", ["ci"], machine),
        expected === "npm"
          ? { command: "npm", args: ["ci"] }
          : { command: node, args: [`${expected}\\npm-cli.js`, "ci"] },
      );
    });
  }

  it("is refused where no script of npm is found", () => {
    const machine = { platform: "win32", environment: {}, node, isFile: () => false } as const;
    assert.throws(
      () => npmCommand("npx", [], machine),
      /There is no npx-cli\.js in C:\\Program Files\\nodejs/,
    );
  });
});
