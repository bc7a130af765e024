import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { addEveryCommand } from "../../../src/cli/everyCommand";
import { createProgram } from "../../../src/cli/program";
import { checkSamples, type Sample } from "./checkSamples";

const repository = join(__dirname, "../../..");

/** The README, the pages of docs/ and the skill, from the repository. What is generated has tests of its own. */
const pages = [
  "README.md",
  "skills/alembic-ts/SKILL.md",
  ...readdirSync(join(repository, "docs"), { recursive: true, encoding: "utf8" })
    .map((file) => `docs/${file.replaceAll("\\", "/")}`)
    .filter((file) => file.endsWith(".md") && !/^docs\/(?:reference|rules)\//.test(file)),
].sort();

const textOf = (file: string): string => readFileSync(join(repository, file), "utf8");

/** The blocks of code of one language, each with its line. */
function blocksOf(file: string, language: string): readonly Sample[] {
  const text = textOf(file);
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map((match) => ({
    place: `${file}:${String(text.slice(0, match.index).split("\n").length)}`,
    text: match[1] ?? "",
  }));
}

describe("the documentation", function () {
  this.timeout(60_000);

  it("has only TypeScript that is type-correct", () => {
    const samples = pages.flatMap((file) => blocksOf(file, "ts"));
    assert.ok(samples.length > 5);
    assert.deepEqual(checkSamples(samples), []);
  });

  it("shows files of the examples, which have tests that run them, as they are", () => {
    const shown = pages.flatMap((file) =>
      [...textOf(file).matchAll(/^```\w+ \[([^\]\n]*)\]\n(.*?)^```/gms)].map(([, path = "", text = ""]) => ({
        place: `${file}: ${path}`,
        text,
        expected: existsSync(join(repository, path)) ? textOf(path) : undefined,
      })),
    );
    assert.ok(shown.length > 3);
    assert.deepEqual(
      shown.filter(({ text, expected }) => text !== expected).map(({ place }) => place),
      [],
    );
  });

  it("has only commands and options that there are", () => {
    const program = createProgram(() => Promise.resolve(), addEveryCommand);
    const flags = (command: typeof program): readonly string[] =>
      command.options.flatMap(({ short, long }) => [short, long]).filter((flag) => flag !== undefined);
    const unknown = pages
      .flatMap((file) => blocksOf(file, "(?:sh|yaml|yml|dockerfile)"))
      .flatMap(({ place, text }) =>
        [...text.matchAll(/\balembic-ts ([a-z_]+)([^\n#|&;>"'`)]*)/g)].flatMap(
          ([line, name = "", rest = ""]) => {
            const command = program.commands.find((each) => each.name() === name);
            const known = [...flags(program), "--help", ...(command === undefined ? [] : flags(command))];
            const used = rest.split(/\s+/).filter((word) => /^--?[a-z]/i.test(word));
            const isRight =
              command !== undefined && used.every((word) => known.includes(word.replace(/=.*/, "")));
            return isRight ? [] : [`${place}: ${line}`];
          },
        ),
      );
    assert.deepEqual(unknown, []);
  });

  it("has no link to a page, a picture or a heading that is not there", () => {
    const broken = [...pages, "CONTRIBUTING.md", "SECURITY.md", "SUPPORT.md", "AGENTS.md"].flatMap((file) =>
      [...textOf(file).matchAll(/\]\((?!https?:)([^)#\s]*)(#[^)\s]*)?\)/g)].flatMap(
        ([, link = "", anchor = ""]) => {
          const target = link === "" ? file : join(dirname(file), link);
          const isThere = existsSync(join(repository, target));
          const isHeading =
            anchor === "" || !target.endsWith(".md") || (isThere && headingsOf(target).has(anchor.slice(1)));
          return isThere && isHeading ? [] : [`${file}: ${link}${anchor}`];
        },
      ),
    );
    assert.deepEqual(broken, []);
  });
});

/** The anchors of a page's headings, as GitHub and VitePress make them of plain words. */
function headingsOf(file: string): ReadonlySet<string> {
  return new Set(
    [...textOf(file).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}
