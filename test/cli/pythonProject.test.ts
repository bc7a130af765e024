import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createProjectFolder, type ProjectFolder } from "../support/projectFolder";

function revision(id: string, parent: string, more = ""): string {
  return `"""Message of ${id}\nin two lines\n\nRevision ID: ${id}\n"""\nrevision = '${id}'\ndown_revision = ${parent}\n${more}`;
}

const files = {
  "alembic.ini": "[alembic]\nscript_location = %(here)s/migrations\n",
  "migrations/env.py": "",
  "data-source.ts":
    'import { DataSource } from "typeorm";\nexport const dataSource = new DataSource({ type: "postgres", entities: [] });\n',
  "migrations/versions/a1.py": revision("a1", "None", "branch_labels = (cli.EXPAND,)\n"),
  "migrations/versions/b1.py": revision("b1", "'a1'", "depends_on = None\ndepends_on = None\n"),
  "migrations/versions/c1.py": revision("c1", "parent()"),
  "migrations/versions/d1.py": "revision = 'd1'\ndown_revision = 'c1'\n",
};

describe("a project of Python's Alembic", function () {
  this.timeout(60_000);
  let project: ProjectFolder;
  before(() => {
    project = createProjectFolder(files);
  });
  after(() => project.remove());

  it("is listed without the file that only running would read", async () => {
    const { stdout, stderr, exitCode } = await project.run(["history"], { env: { DATABASE_URL: "" } });
    assert.deepEqual(
      { stdout, warnings: stderr.split("\n").filter((line) => line !== ""), exitCode },
      {
        stdout:
          "a1 -> b1 (head), Message of b1\nin two lines\n<base> -> a1, Message of a1\nin two lines\nc1 -> d1 (head), \n",
        warnings: [
          `WARNING branch_labels of <project>/migrations/versions/a1.py is not known: it is the name cli, which has no value here.`,
          `WARNING The header of <project>/migrations/versions/c1.py is not known, so the revision is left out: down_revision is a computed value.`,
        ],
        exitCode: 0,
      },
    );
  });

  for (const [range, expected] of [
    ["-1:", "a1 -> b1 (head), Message of b1\n<base> -> a1, Message of a1\n"],
    ["a1:+1", "a1 -> b1 (head), Message of b1\n<base> -> a1, Message of a1\n"],
    [":+1", "<base> -> a1, Message of a1\n"],
  ] as const) {
    it(`lists ${range} without a database, as Alembic does`, async () => {
      const sound = createProjectFolder({
        "alembic.ini": files["alembic.ini"],
        "migrations/env.py": "",
        "migrations/versions/a1.py": revision("a1", "None").replace("\nin two lines", ""),
        "migrations/versions/b1.py": revision("b1", "'a1'").replace("\nin two lines", ""),
      });
      try {
        const { stdout, exitCode } = await sound.run(["history", `-r${range}`], {
          env: { DATABASE_URL: "" },
        });
        assert.deepEqual({ stdout, exitCode }, { stdout: expected, exitCode: 0 });
      } finally {
        sound.remove();
      }
    });
  }

  it("is never asked in a database of ours", async () => {
    const { stdout, exitCode } = await project.run(["current"], { env: { DATABASE_URL: "" } });
    assert.match(
      stdout,
      /^FAILED: No database is named: .*env\.py chooses it, and only Python's Alembic runs that file\.\n$/,
    );
    assert.equal(exitCode, 255);
    assert.equal(existsSync(join(project.path, ".alembic")), false);
  });

  for (const [title, more, lack, hint] of [
    [
      "names nothing",
      "",
      "has neither `url` nor `dataSource`",
      "Set one of them there, or name the database with --url or DATABASE_URL.",
    ],
    [
      "has a DataSource that names none",
      ', dataSource: "data-source.ts"',
      "has no `url`, and its DataSource names none",
      "Set `url` there, or name the database with --url or DATABASE_URL.",
    ],
  ] as const) {
    it(`says what to set where its TypeScript configuration ${title}`, async () => {
      const path = join(project.path, "alembic.config.ts");
      writeFileSync(
        path,
        `import { defineConfig } from "alembic-ts";\nexport default defineConfig({ scriptLocation: "migrations"${more} });\n`,
      );
      try {
        const { stdout, stderr, exitCode } = await project.run(["--config", path, "current"], {
          env: { DATABASE_URL: "" },
        });
        assert.deepEqual(
          { stdout, hint: stderr.split("\n").filter((line) => line.includes("Hint:")), exitCode },
          {
            stdout: `FAILED: No database is named: <project>/alembic.config.ts ${lack}, and only Python's Alembic runs <project>/migrations/env.py.\n`,
            hint: [`  Hint: ${hint}`],
            exitCode: 255,
          },
        );
      } finally {
        rmSync(path);
      }
    });
  }

  for (const [name, args, instead] of [
    [
      "revisions are not generated",
      ["revision", "--autogenerate", "-m", "x"],
      "alembic revision --autogenerate",
    ],
    ["models are not compared", ["check"], "alembic check"],
  ] as const) {
    it(`is one whose ${name} here, which says what to run`, async () => {
      const { stdout, stderr, exitCode } = await project.run(args, { env: { DATABASE_URL: "" } });
      assert.equal(
        stdout,
        "FAILED: <project>/alembic.ini is a project of Python's Alembic, and only Python can load its models.\n",
      );
      assert.ok(stderr.includes(`Run \`${instead}\` instead.`), stderr);
      assert.equal(exitCode, 255);
    });
  }

  it("is linted without Python", async () => {
    const body = (statement: string): string =>
      `from alembic import op\n\n\ndef upgrade():\n    ${statement}\n\n\ndef downgrade():\n    op.drop_table("a")\n`;
    const linted = createProjectFolder({
      "alembic.ini": files["alembic.ini"],
      "migrations/env.py": "",
      "migrations/versions/a1.py": revision("a1", "None", body('op.create_table("a")')),
      "migrations/versions/b1.py": revision(
        "b1",
        "'a1'",
        body('op.execute("""\n        ALTER TABLE a DROP b;\n        ALTER TABLE a DROP c;\n    """)'),
      ),
    });
    const { stdout, exitCode } = await linted.run(["lint", "--all"], { env: { DATABASE_URL: "" } });
    linted.remove();
    assert.deepEqual(
      stdout.split("\n").filter((line) => /^\S/.test(line)),
      [
        "migrations/versions/b1.py:13:9: error drop-column",
        "migrations/versions/b1.py:14:9: error drop-column",
        "2 errors in 2 revisions.",
      ],
    );
    assert.equal(exitCode, 255);
  });

  describe("that continues in TypeScript", () => {
    const typescript = (id: string, parent: string): string =>
      `export const revision = "${id}";\nexport const down_revision = "${parent}";\nexport const branch_labels = null;\nexport const depends_on = null;\nexport async function upgrade() {}\nexport async function downgrade() {}\n`;
    const cases = [
      [
        "upgrade",
        "head",
        "alembic-ts takes over from alembic at revision c1",
        "alembic upgrade b1",
        "alembic-ts upgrade d1",
      ],
      [
        "downgrade",
        "d1:base",
        "alembic takes over from alembic-ts at revision b1",
        "alembic-ts downgrade b1",
        "alembic downgrade base",
      ],
    ] as const;
    for (const [command, target, message, first, second] of cases) {
      it(`says where the other tool takes over, before it runs anything: ${command}`, async () => {
        const mixed = createProjectFolder({
          "alembic.ini": files["alembic.ini"],
          "migrations/versions/a1.py": revision("a1", "None"),
          "migrations/versions/b1.py": revision("b1", "'a1'"),
          "migrations/versions/c1.ts": typescript("c1", "b1"),
          "migrations/versions/d1.ts": typescript("d1", "c1"),
        });
        const { stdout, stderr, exitCode } = await mixed.run([command, target, "--sql"], {
          env: { DATABASE_URL: "" },
        });
        mixed.remove();
        assert.equal(stdout, "");
        assert.ok(
          stderr.includes(`Nothing was run, because the steps are for two tools: ${message}`),
          stderr,
        );
        assert.ok(stderr.includes(`Run \`${first}\`, then \`${second}\`.`), stderr);
        assert.equal(exitCode, 255);
      });
    }
  });

  describe("writes new revisions from its own template", () => {
    const template = [
      '"""${message}',
      "",
      "Revision ID: ${up_revision}",
      "Revises: ${down_revision | comma,n}",
      '"""',
      "## not in the file",
      '${imports if imports else ""}',
      "revision = ${repr(up_revision)}",
      "down_revision: str | None = ${repr(down_revision)}",
      "branch_labels = ${repr(branch_labels)}",
      "depends_on = ${repr(depends_on)}",
      "",
      "",
      "def upgrade():",
      '    ${upgrades if upgrades else "pass"}',
      "",
    ].join("\n");
    const sound = {
      "alembic.ini": files["alembic.ini"],
      "migrations/env.py": "",
      "migrations/versions/a1.py": revision("a1", "None"),
      "migrations/versions/b1.py": revision("b1", "'a1'"),
      "migrations/versions/c1.py": revision("c1", "'a1'"),
    };

    const cases = [
      {
        name: "a merge",
        args: ["merge", "heads", "-m", 'say "hi"', "--rev-id", "d1"],
        file: "d1_say_hi.py",
        text: [
          '"""say "hi\\"',
          "",
          "Revision ID: d1",
          "Revises: b1, c1",
          '"""',
          "",
          "revision = 'd1'",
          "down_revision: str | None = ('b1', 'c1')",
          "branch_labels = None",
          "depends_on = None",
        ],
      },
      {
        name: "a revision with a label and a dependency",
        args: [
          "revision",
          "-m",
          "x",
          "--rev-id",
          "d1",
          "--head",
          "b1",
          "--branch-label",
          "one",
          "--depends-on",
          "c1",
        ],
        file: "d1_x.py",
        text: [
          '"""x',
          "",
          "Revision ID: d1",
          "Revises: b1",
          '"""',
          "",
          "revision = 'd1'",
          "down_revision: str | None = 'b1'",
          "branch_labels = ('one',)",
          "depends_on = 'c1'",
        ],
      },
    ];
    for (const { name, args, file, text } of cases) {
      it(name, async () => {
        const folder = createProjectFolder({ ...sound, "migrations/script.py.mako": template });
        const { exitCode } = await folder.run(args);
        const written = folder.list("migrations/versions");
        const content = readFileSync(join(folder.path, "migrations/versions", file), "utf8");
        folder.remove();
        assert.equal(exitCode, 0);
        assert.deepEqual(written, ["a1.py", "b1.py", "c1.py", file].sort());
        assert.equal(content, `${text.join("\n")}\n\n\ndef upgrade():\n    pass\n`);
      });
    }

    it("and writes nothing where the template takes Python", async () => {
      const folder = createProjectFolder({
        ...sound,
        "migrations/script.py.mako": `${template}% for x in y:\n`,
      });
      const { exitCode, stdout } = await folder.run(["revision", "--head", "b1"]);
      const written = folder.list("migrations/versions");
      folder.remove();
      assert.equal(
        stdout,
        "FAILED: <project>/migrations/script.py.mako:16 has a statement of Mako, so the template cannot be filled in without Python.\n",
      );
      assert.equal(exitCode, 255);
      assert.deepEqual(written, ["a1.py", "b1.py", "c1.py"]);
    });
  });
});
