import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { packedFile, repository } from "../package/packed";
import { runProgram } from "./commandLine";
import { createProjectFolder, type ProjectFolder } from "./projectFolder";

/** A clean copy of one of `examples/`, into which the packed package and the other packages are installed. */
export interface ExampleProject extends ProjectFolder {
  /** Runs a command line in one of its folders, and gives what it prints; fails where its status is not 0. */
  readonly succeeds: (
    line: string,
    options?: { readonly env?: Readonly<Record<string, string>>; readonly folder?: string },
  ) => Promise<string>;
}

/** What running an example left behind in the repository. */
const leftovers = new Set([
  "node_modules",
  "dist",
  ".alembic",
  ".env",
  "package-lock.json",
  "pnpm-lock.yaml",
]);

/**
 * @param manifests the package.json files that name `alembic-ts`
 * @param install the command line that installs the packages, from the cache of npm where it has them
 */
export async function openExample(
  name: string,
  { manifests = ["package.json"], install = "npm install --prefer-offline --no-audit --no-fund" } = {},
): Promise<ExampleProject> {
  const tarball = await packedFile("tgz");
  const folder = createProjectFolder();
  cpSync(join(repository, "examples", name), folder.path, {
    recursive: true,
    filter: (file) => !leftovers.has(basename(file)),
  });
  for (const manifest of manifests) {
    const path = join(folder.path, manifest);
    const text = readFileSync(path, "utf8");
    const packed = text.replace(/"alembic-ts": "[^"]*"/, `"alembic-ts": "file:${tarball}"`);
    assert.notEqual(packed, text);
    writeFileSync(path, packed);
  }
  const project: ExampleProject = {
    ...folder,
    succeeds: async (line, options = {}) => {
      const { npmCommand } = await import("../../scripts/npmCommand.mjs");
      const [program = "", ...args] = line.split(" ");
      const { command, args: all } =
        program === "npm" || program === "npx" ? npmCommand(program, args) : { command: program, args };
      const { exitCode, stdout, stderr } = await runProgram(command, all, {
        cwd: join(folder.path, options.folder ?? ""),
        env: { ...registrySettings(), ...options.env },
        timeoutMilliseconds: 600_000,
      });
      assert.equal(exitCode, 0, `${line}:\n${stdout}${stderr}`);
      return stdout;
    },
  };
  try {
    await project.succeeds(install);
  } catch (error) {
    folder.remove();
    throw error;
  }
  return project;
}

/** Where the packages come from: npm's settings, if they are in variables. */
function registrySettings(): Record<string, string> {
  const isOurs = /^(?:npm_config_.*|https?_proxy|no_proxy|NODE_EXTRA_CA_CERTS)$/i;
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && isOurs.test(entry[0]),
    ),
  );
}
