import { createShop } from "../autogenerate/support/shopProject";
import {
  checkOutput,
  createChainProject,
  createOutputProject,
  quickCases,
  slowCases,
  type OutputCase,
} from "../cli/outputCases";
import { createProjectFolder, type ProjectFolder } from "../support/projectFolder";
import { createMigrationProject } from "../support/typeormMigrationProject";

/** A revision that is converted wholly, and one of which a part is left to do by hand. */
function createPythonProject(): ProjectFolder {
  const revision = (id: string, down: string, upgrade: string): string =>
    `"""${id}"""\nfrom alembic import op\n\nrevision = "${id}"\ndown_revision = ${down}\n\n\ndef upgrade():\n${upgrade}\n\n\ndef downgrade():\n    pass\n`;
  return createProjectFolder({
    "alembic.ini": "[alembic]\nscript_location = %(here)s/migrations\n",
    "migrations/env.py": "",
    "migrations/versions/p1.py": revision("p1", "None", '    op.drop_table("gone")'),
    "migrations/versions/p2.py": revision(
      "p2",
      '"p1"',
      "    for name in names():\n        op.drop_table(name)",
    ),
  });
}

const makers: Readonly<Record<NonNullable<OutputCase["project"]> | "revisions", () => ProjectFolder>> = {
  revisions: () => createOutputProject("embedded:"),
  chain: createChainProject,
  entities: () => createShop(),
  typeorm: () => createMigrationProject("typeorm"),
  python: createPythonProject,
};

describe("the output of commands with --json on the embedded database", function () {
  this.timeout(300_000);
  const projects = new Map<string, ProjectFolder>();
  after(() => projects.forEach((project) => project.remove()));

  function projectOf(each: OutputCase): ProjectFolder {
    const kind = each.project ?? "revisions";
    const project = projects.get(kind) ?? makers[kind]();
    projects.set(kind, project);
    return project;
  }

  for (const each of [...slowCases, ...quickCases]) {
    it(`is as its schema says: ${each.args}`, () => checkOutput(each, projectOf(each)));
  }
});
