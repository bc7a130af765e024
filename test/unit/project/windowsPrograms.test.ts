import assert from "node:assert/strict";
import { join } from "node:path";
import { runProgram } from "../../support/commandLine";
import { withProject } from "./temporaryProject";

const script = join(__dirname, "windowsPrograms.mjs");

describe("post-write hooks on Windows", () => {
  it("start npm's batch files by cmd.exe, with every argument quoted for it", async function () {
    this.timeout(30_000);
    const files = { "node_modules/.bin/prettier.cmd": "@echo off\r\n", "node.exe": "" };
    await withProject(files, async (directory) => {
      const node = join(directory, "node.exe");
      const hook = (type: string, command: string): object => ({
        ...{ name: "hook", type, command, cwd: directory },
        options: ["--write", "REVISION_SCRIPT_FILENAME"],
      });
      const hooks = [
        hook("console_scripts", "prettier"),
        hook("exec", "prettier"),
        hook("module", "format.js"),
      ];
      const file = "C:\\my shop\\100%_a&b.ts";
      // Its folders are joined as on this system, but found by Windows' rules.
      const { stdout, stderr } = await runProgram(
        process.execPath,
        ["--import", "tsx", script, JSON.stringify([hooks, file, node])],
        { cwd: join(__dirname, "../../.."), env: { PATH: "/usr/bin" } },
      );
      const batch = {
        command: "cmd.exe",
        args: ["/d", "/s", "/c", `"prettier ^^^"--write^^^" ^^^"C:\\my^^^ shop\\100^^^%_a^^^&b.ts^^^""`],
        windowsVerbatimArguments: true,
      };
      assert.deepEqual(JSON.parse(stdout || stderr), [
        batch,
        batch,
        {
          command: node,
          args: ["format.js", "--write", file],
          windowsVerbatimArguments: false,
        },
      ]);
    });
  });
});
