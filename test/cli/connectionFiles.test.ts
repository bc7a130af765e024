import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { createProjectFolder, type ProjectFolder } from "../support/projectFolder";

const files = ["missing.pem", "folder", "device", "pipe"] as const;

const reasons: Readonly<Record<(typeof files)[number], string>> = {
  "missing.pem": "there is no such file",
  folder: "it is a folder",
  device: "it is a device, not a file",
  pipe: "it is a named pipe, not a file",
};

describe("a file that a connection is to be made with", function () {
  this.timeout(60_000);
  let project: ProjectFolder;
  before(function () {
    if (process.platform === "win32") {
      this.skip();
    }
    project = createProjectFolder({
      "package.json": "{}",
      "alembic.config.json": '{ "scriptLocation": "m" }',
      "m/versions/.gitkeep": "",
    });
    mkdirSync(join(project.path, "folder"));
    symlinkSync("/dev/zero", join(project.path, "device"));
    execFileSync("mkfifo", [join(project.path, "pipe")]);
  });
  after(() => project.remove());

  for (const parameter of ["sslrootcert", "sslcert"]) {
    for (const file of files) {
      it(`is ${parameter}, and is none: ${file}`, async () => {
        const path = join(project.path, file);
        const url = `postgresql://ann@127.0.0.1:1/shop?sslmode=verify-full&${parameter}=${path}`;
        const { exitCode, stdout, stderr } = await project.run(["--url", url, "current"]);
        assert.equal(
          (stdout + stderr).replaceAll(project.path, "<project>"),
          `FAILED: ${parameter} names <project>/${file}, and ${reasons[file]}.\n  Hint: Correct ${parameter} in the URL, or PG${parameter.toUpperCase()} in the environment.\n`,
        );
        assert.equal(exitCode, 255);
      });
    }
  }

  for (const file of files) {
    it(`has services, and is none: ${file}`, async () => {
      const { exitCode, stdout, stderr } = await project.run(["--url", "postgresql://", "current"], {
        env: { PGSERVICE: "shop", PGSERVICEFILE: join(project.path, file) },
      });
      assert.match(stdout + stderr, /^FAILED: .*service "shop"/);
      assert.equal(exitCode, 255);
    });
  }
});
