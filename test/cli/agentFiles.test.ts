import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createProgram } from "../../src/cli/program";
import { addEveryCommand } from "../../src/cli/everyCommand";
import { version } from "../../src/version";
import { createProjectFolder, type ProjectFolder } from "../support/projectFolder";

const skills = [".agents/skills/alembic-ts/SKILL.md", ".claude/skills/alembic-ts/SKILL.md"];
const files = [...skills, "AGENTS.md"];
const begin = "<!-- alembic-ts:begin -->";
const end = "<!-- alembic-ts:end -->";
const shipped = readFileSync(join(__dirname, "../../skills/alembic-ts/SKILL.md"), "utf8");

describe("init --agents", function () {
  this.timeout(60_000);
  let project: ProjectFolder;
  const init = (...more: readonly string[]) => project.run(["init", "--agents", ...more]);
  const read = (file: string): string => readFileSync(join(project.path, file), "utf8");
  const all = (): readonly string[] => files.map(read);

  beforeEach(() => {
    project = createProjectFolder({ "package.json": "{}" });
  });
  afterEach(() => project.remove());

  it("writes the skill and the section, and nothing else; a second time it changes nothing", async () => {
    const first = await init();
    assert.equal(first.exitCode, 0, first.stderr);
    assert.equal(first.stdout, files.map((file) => `Generating <project>/${file} ...  done\n`).join(""));
    assert.deepEqual(project.list("."), [".agents", ".claude", "AGENTS.md", "package.json"]);
    const written = all();
    assert.deepEqual(written.slice(0, 2), [shipped, shipped]);
    assert.match(written[2] ?? "", new RegExp(`^${begin}\n\n## Database migrations\n[^]*\n\n${end}\n$`));
    const second = await init();
    assert.equal(
      second.stdout,
      files.map((file) => `File <project>/${file} is up to date, skipping\n`).join(""),
    );
    assert.deepEqual(all(), written);
  });

  it("sets up the project too where its folder is named", async () => {
    assert.equal((await init("migrations")).exitCode, 0);
    assert.deepEqual(
      ["migrations/versions", ...files].filter((file) => !existsSync(join(project.path, file))),
      [],
    );
  });

  it("needs a folder without --agents", async () => {
    const { exitCode, stderr } = await project.run(["init"]);
    assert.equal(exitCode, 2);
    assert.match(stderr, /missing required argument 'directory', as in `alembic-ts init migrations`/);
  });

  const others: readonly { readonly title: string; readonly before: string; readonly after: string }[] = [
    { title: "without a section", before: "# Ours\n\n- Be kind.\n", after: "# Ours\n\n- Be kind.\n\n<>\n" },
    { title: "without an end of its last line", before: "# Ours", after: "# Ours\n\n<>\n" },
    { title: "that is empty", before: "", after: "<>\n" },
    { title: "with CRLF", before: "# Ours\r\n", after: "# Ours\r\n\r\n<>\r\n" },
    { title: "with a byte order mark", before: "\uFEFF# Ours\n", after: "\uFEFF# Ours\n\n<>\n" },
    {
      title: "with an old section between others' text",
      before: `# Ours \n${begin}\nalembic-ts 0.0.1\n${end}\n\n\nMore, and no line end`,
      after: "# Ours \n<>\n\n\nMore, and no line end",
    },
  ];
  for (const { title, before, after } of others) {
    it(`keeps what others wrote in an AGENTS.md ${title}`, async () => {
      await init();
      const section = read("AGENTS.md").trimEnd();
      project.write({ "AGENTS.md": before });
      assert.equal((await init()).exitCode, 0);
      const lines = before.includes("\r\n") ? section.replaceAll("\n", "\r\n") : section;
      assert.equal(
        read("AGENTS.md"),
        after.replace("<>", () => lines),
      );
      assert.match((await init()).stdout, /AGENTS\.md is up to date/);
    });
  }

  it("replaces an older skill, and keeps its header and what stands after the marker", async () => {
    const [skill = ""] = skills;
    const notes = "\n\nOur tables are in the schema app.\n";
    project.write({ [skill]: `---\nname: alembic-ts\nmodel: ours\n---\n\n${begin}\nold\n${end}${notes}` });
    assert.match((await init()).stdout, /^Updating <project>\/\.agents/);
    const body = shipped.slice(shipped.indexOf(begin)).trimEnd();
    assert.equal(read(skill), `---\nname: alembic-ts\nmodel: ours\n---\n\n${body}${notes}`);
  });

  it("leaves a skill of the same name alone that it did not write", async () => {
    const [skill = ""] = skills;
    project.write({ [skill]: "# Somebody's\n" });
    assert.match((await init()).stdout, /SKILL\.md has no section of alembic-ts, skipping/);
    assert.equal(read(skill), "# Somebody's\n");
  });

  const unfit: readonly (readonly [string, () => void, RegExp])[] = [
    ["a marker without the other", () => project.write({ "AGENTS.md": `# Ours\n${begin}\n` }), /markers/],
    ["markers in the wrong order", () => project.write({ "AGENTS.md": `${end}\n${begin}\n` }), /markers/],
    ["two sections", () => project.write({ "AGENTS.md": `${begin}${end}${begin}${end}` }), /markers/],
    ["a folder", () => mkdirSync(join(project.path, "AGENTS.md")), /is a folder/],
    ["Latin-1", () => writeFileSync(join(project.path, "AGENTS.md"), "Gr\xfc\xdfe", "latin1"), /not UTF-8/],
    ["a link to nothing", () => symlinkSync("nowhere.md", join(project.path, "AGENTS.md")), /link/],
    [
      "a link out of the project",
      () => symlinkSync(join(__dirname, "agentFiles.test.ts"), join(project.path, "AGENTS.md")),
      /leads out of this folder/,
    ],
  ];
  for (const [title, prepare, says] of unfit) {
    it(`writes nothing where AGENTS.md is or has ${title}`, async () => {
      prepare();
      const { exitCode, stdout } = await init();
      assert.equal(exitCode, 255);
      assert.match(stdout, says);
      assert.match(stdout, /^FAILED: .* Nothing was written\.$/m);
      assert.deepEqual(project.list("."), ["AGENTS.md", "package.json"]);
    });
  }

  it("follows a link within the project", async () => {
    project.write({ "docs/agents.md": "# Ours\n" });
    symlinkSync("docs/agents.md", join(project.path, "AGENTS.md"));
    assert.equal((await init()).exitCode, 0);
    assert.match(read("docs/agents.md"), /^# Ours\n\n<!-- alembic-ts:begin -->\n/);
  });
});

describe("the skill", () => {
  it("is for this version", () => {
    const named = [...shipped.matchAll(/alembic-ts (\d[\w.-]*\d)|\/blob\/v([^/]+)\//g)];
    assert.deepEqual([...new Set(named.map(([, text, link]) => text ?? link))], [version]);
  });

  it("has a header that agents can read", () => {
    const [, name = "", description = ""] =
      /^---\nname: ([a-z-]{1,64})\ndescription: ([^\n]+)\n---\n/.exec(shipped) ?? [];
    assert.equal(name, "alembic-ts");
    assert.ok(description.length > 50 && description.length <= 1024 && !/: |#/.test(description));
  });

  it("names only commands and options that there are", () => {
    const program = createProgram(() => Promise.resolve(), addEveryCommand);
    const flags = (command: typeof program): readonly string[] =>
      command.options.flatMap(({ short, long }) => [short, long].flatMap((flag) => flag ?? []));
    const used = [...shipped.matchAll(/npx alembic-ts ([^`#\n]*)/g)].map(([, words = ""]) => words.trim());
    const unknown = used.filter((words) => {
      const [name = "", ...rest] = words.split(/\s+/);
      const command = program.commands.find((each) => each.name() === name);
      const known = [...flags(program), ...(command === undefined ? [] : flags(command))];
      return (
        !(command !== undefined || name.startsWith("--")) ||
        [name, ...rest].some((word) => word.startsWith("-") && !known.includes(word))
      );
    });
    assert.ok(used.length > 20);
    assert.deepEqual(unknown, []);
  });
});
