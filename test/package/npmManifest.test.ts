import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "../support/commandLine";
import { createProjectFolder, type ProjectFolder } from "../support/projectFolder";
import { packedFile, repository } from "./packed";

/** Licences that let what is under them be passed on in a package under another one. */
const freelyPassedOn =
  /^\(?(?:0BSD|Apache-2\.0|BlueOak-1\.0\.0|BSD-[23]-Clause|ISC|MIT|PostgreSQL)(?: OR .*)?\)?$/;

describe("the packed npm package", function () {
  this.timeout(240_000);
  let tarball: Uint8Array;
  let folder: ProjectFolder;
  const read = (file: string): string => readFileSync(join(folder.path, "package", file), "utf8");

  before(async () => {
    const packed = await packedFile("tgz");
    tarball = new Uint8Array(readFileSync(packed));
    folder = createProjectFolder({});
    const { exitCode, stderr } = await runProgram("tar", ["-xzf", packed], { cwd: folder.path });
    assert.equal(exitCode, 0, stderr);
  });

  after(() => folder.remove());

  it("has nothing in its manifest that is for the editor", () => {
    const manifest = JSON.parse(read("package.json")) as Readonly<Record<string, unknown>>;
    assert.deepEqual(Object.keys(manifest).sort(), [
      ...["bin", "bugs", "dependencies", "description", "engines", "exports", "homepage", "keywords"],
      ...["license", "main", "name", "peerDependencies", "peerDependenciesMeta", "repository", "type"],
      ...["types", "version"],
    ]);
    assert.deepEqual(manifest["engines"], { node: ">=20.19" });
  });

  it("is without complaint for publint", async () => {
    const { publint } = await import("publint");
    const { messages } = await publint({ pkgDir: join(folder.path, "package"), pack: false, strict: true });
    assert.deepEqual(messages, []);
  });

  it("has types that fit its code in every way of resolving modules", async () => {
    const { checkPackage, createPackageFromTarballData } = await import("@arethetypeswrong/core");
    const analysis = await checkPackage(createPackageFromTarballData(tarball));
    assert.ok("problems" in analysis);
    assert.deepEqual(analysis.problems, []);
  });

  it("shows the README's pictures and pages from where this version is", () => {
    const base = "alembic-ts/alembic-ts";
    const { version } = JSON.parse(read("package.json")) as { readonly version: string };
    const links = [...read("README.md").matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, link = ""]) => link);
    const own = links.filter((link) => link.includes(base));
    const files = own.map((link) =>
      link
        .replace(`https://raw.githubusercontent.com/${base}/v${version}/`, "")
        .replace(`https://github.com/${base}/blob/v${version}/`, ""),
    );
    assert.ok(files.some((file) => file.endsWith(".png")) && files.some((file) => file.endsWith(".md")));
    assert.deepEqual(
      files.filter((file) => !existsSync(join(repository, file))),
      [],
    );
    assert.deepEqual(
      links.filter((link) => !link.startsWith("https://")),
      [],
    );
  });

  it("holds every bundle that its bundles load", () => {
    const bundles = readdirSync(join(folder.path, "package", "dist")).filter((name) => name.endsWith(".js"));
    const loaded = bundles.flatMap((name) =>
      [...read(`dist/${name}`).matchAll(/["`]\.\/(\w+\.js)["`]/g)].map(([, file = ""]) => file),
    );
    assert.ok(loaded.includes("pg.js"));
    assert.deepEqual(
      [...new Set(loaded)].filter((file) => !bundles.includes(file)),
      [],
    );
  });

  it("holds the skill, where `init --agents` of the package finds it", async () => {
    const project = createProjectFolder({});
    try {
      const cli = join(folder.path, "package", "dist", "cli.js");
      const result = await runProgram(process.execPath, [cli, "init", "--agents"], { cwd: project.path });
      assert.equal(result.exitCode, 0, result.stdout + result.stderr);
      assert.equal(
        readFileSync(join(project.path, ".agents/skills/alembic-ts/SKILL.md"), "utf8"),
        readFileSync(join(repository, "skills/alembic-ts/SKILL.md"), "utf8"),
      );
    } finally {
      project.remove();
    }
  });

  it("holds only what may be passed on", () => {
    const lock = JSON.parse(readFileSync(join(repository, "package-lock.json"), "utf8")) as {
      readonly packages: Readonly<Record<string, { readonly license?: string; readonly dev?: boolean }>>;
    };
    const installed = Object.entries(lock.packages)
      .filter(([name, { dev }]) => name !== "" && dev !== true)
      .map(([name, { license = "none" }]) => `${name}: ${license}`);
    const bundled = [...read("dist/ThirdPartyNotices.txt").matchAll(/^-{80}\n\n(\S+ \d\S*) \((.*)\)$/gm)].map(
      ([, name = "", license = ""]) => `${name}: ${license}`,
    );
    assert.ok(bundled.length >= 10 && installed.length >= 3);
    assert.deepEqual(
      [...installed, ...bundled].filter((line) => !freelyPassedOn.test(line.replace(/^.*: /, ""))),
      [],
    );
  });
});
