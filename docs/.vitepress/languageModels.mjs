import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { sections } from "./navigation.mjs";

/** The text of a page without the lines between `---` that VitePress reads. */
function body(text) {
  return text.replace(/^---\n.*?\n---\n/s, "").trim();
}

/** The first paragraph of a page, on one line and without links. */
function summary(text) {
  const paragraph = body(text)
    .split(/\n{2,}/)
    .find((part) => /^[A-Z`_*\[]/.test(part) && !part.startsWith("```"));
  return (paragraph ?? "").replaceAll("\n", " ").replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1");
}

/**
 * Writes what language models read: the pages as Markdown, `llms.txt` with a line about each, and `llms-full.txt` with
 * all of them in the order of the navigation.
 */
export function writeForLanguageModels({ srcDir, outDir, description }) {
  const chapters = sections.map(({ text, pages }) => ({
    text,
    pages: pages.map(([title, page]) => ({
      title,
      page,
      text: readFileSync(join(srcDir, page), "utf8"),
    })),
  }));
  const list = chapters.map(({ text, pages }) =>
    [`## ${text}`, "", ...pages.map((each) => `- [${each.title}](${each.page}): ${summary(each.text)}`)].join(
      "\n",
    ),
  );
  writeFileSync(
    join(outDir, "llms.txt"),
    [`# Alembic for TypeORM (alembic-ts)`, `> ${description}.`, ...list, ""].join("\n\n").trimEnd() + "\n",
  );
  const all = chapters.flatMap(({ pages }) =>
    pages.map(({ page, text }) => `<!-- ${page} -->\n\n${body(text)}\n`),
  );
  writeFileSync(join(outDir, "llms-full.txt"), all.join("\n"));
  for (const page of readdirSync(srcDir, { recursive: true, encoding: "utf8" })) {
    if (page.endsWith(".md") && page !== "index.md") {
      mkdirSync(dirname(join(outDir, page)), { recursive: true });
      cpSync(join(srcDir, page), join(outDir, page));
    }
  }
}
