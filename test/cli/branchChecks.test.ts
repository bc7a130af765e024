import assert from "node:assert/strict";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";

const config = JSON.stringify({ scriptLocation: "migrations" });
const file = (name: string): string => `migrations/versions/${name}.ts`;

describe("checks of branches", function () {
  this.timeout(120_000);
  const projects: ProjectFolder[] = [];
  after(() => projects.forEach((project) => project.remove()));

  function project(files: Readonly<Record<string, string>>): ProjectFolder {
    const made = createProjectFolder({ "package.json": "{}", "alembic.config.json": config, ...files });
    projects.push(made);
    return made;
  }

  describe("heads --fail-on multiple", () => {
    const line = {
      [file("a")]: revisionText({ id: "a" }),
      [file("b")]: revisionText({ id: "b", down: "a" }),
    };
    const cases = [
      { name: "one head", files: line, args: [], exitCode: 0, stdout: "b (head)\n" },
      {
        name: "no revision",
        files: { "migrations/versions/.gitkeep": "" },
        args: [],
        exitCode: 0,
        stdout: "",
      },
      {
        name: "two heads",
        files: { ...line, [file("c")]: revisionText({ id: "c", down: "a" }) },
        args: [],
        exitCode: 255,
        stdout: "b (head)\nc (head)\n",
      },
      {
        name: "two heads of which one depends on the other",
        files: { ...line, [file("c")]: revisionText({ id: "c", down: "a", dependsOn: "b" }) },
        args: ["--resolve-dependencies"],
        exitCode: 0,
        stdout: "c (head)\n",
      },
    ];
    for (const { name, files, args, exitCode, stdout } of cases) {
      it(`exits with ${String(exitCode)} for ${name}`, async () => {
        const result = await project(files).run(["heads", "--fail-on", "multiple", ...args]);
        assert.deepEqual({ exitCode: result.exitCode, stdout: result.stdout }, { exitCode, stdout });
      });
    }

    it("prints the JSON all the same", async () => {
      const files = { ...line, [file("c")]: revisionText({ id: "c", down: "a" }) };
      const result = await project(files).run(["heads", "--fail-on", "multiple", "--json"]);
      assert.equal(result.exitCode, 255);
      const heads = JSON.parse(result.stdout) as readonly { readonly revision: string }[];
      assert.deepEqual(
        heads.map(({ revision }) => revision),
        ["b", "c"],
      );
    });

    it("refuses anything but `multiple`", async () => {
      assert.equal((await project(line).run(["heads", "--fail-on", "none"])).exitCode, 2);
    });
  });
});
