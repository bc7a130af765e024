import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createProjectFolder } from "../../support/projectFolder";

const repository = join(__dirname, "../../..");
const docs = join(repository, "docs");

interface Navigation {
  readonly sections: readonly { readonly pages: readonly (readonly [string, string])[] }[];
  readonly listedPages: readonly string[];
  readonly rulePages: readonly string[];
  readonly topics: readonly { readonly link: string }[];
  readonly sidebars: Readonly<Record<string, readonly SidebarEntry[]>>;
}

interface SidebarEntry {
  readonly link?: string;
  readonly items?: readonly SidebarEntry[];
}

async function load<Module>(file: string): Promise<Module> {
  return (await import(pathToFileURL(join(docs, ".vitepress", file)).href)) as Module;
}

const navigation = (): Promise<Navigation> => load<Navigation>("navigation.mjs");

const linksOf = (entries: readonly SidebarEntry[]): readonly string[] =>
  entries.flatMap(({ link, items = [] }) => [...(link === undefined ? [] : [link]), ...linksOf(items)]);

describe("the documentation site", () => {
  it("has a place in the navigation for each page", async () => {
    const { listedPages, rulePages } = await navigation();
    const pages = readdirSync(docs, { recursive: true, encoding: "utf8" })
      .map((file) => file.replaceAll("\\", "/"))
      .filter((file) => file.endsWith(".md") && file !== "architecture.md" && file !== "index.md");
    assert.deepEqual([...listedPages, ...rulePages].sort(), pages.sort());
  });

  it("has a page for each place in the navigation", async () => {
    const { sidebars, topics } = await navigation();
    const links = [...topics.map(({ link }) => link), ...Object.values(sidebars).flatMap(linksOf)];
    assert.ok(links.length > 120);
    const fileOf = (link: string): string => (link.endsWith("/") ? `${link}README.md` : `${link}.md`);
    assert.deepEqual(
      links.filter((link) => !existsSync(join(docs, fileOf(link)))),
      [],
    );
  });

  it("lists a rule in its sidebar for each page of a rule", async () => {
    const { sidebars, rulePages } = await navigation();
    const listed = linksOf(sidebars["/rules/"] ?? []).filter((link) => /^\/rules\/./.test(link));
    assert.deepEqual(listed.map((link) => `${link.slice(1)}.md`).sort(), rulePages.toSorted());
  });

  it("has a heading of its own on each page", async () => {
    const { listedPages } = await navigation();
    const titles = listedPages.map((page) => readFileSync(join(docs, page), "utf8").split("\n", 1)[0] ?? "");
    assert.deepEqual(
      titles.filter((title, index) => !title.startsWith("# ") || titles.indexOf(title) !== index),
      [],
    );
  });

  it("leads links out of docs/ to GitHub, and those to a README to its folder's page", async () => {
    const { addressOnSite } = await load<{
      readonly addressOnSite: (link: string, page: string) => string;
    }>("outsideLinks.mjs");
    const github = "https://github.com/alembic-ts/alembic-ts/blob/main";
    const cases = [
      ["../SUPPORT.md", "faq.md", `${github}/SUPPORT.md`],
      ["../../examples/nestjs/README.md#x", "start/nestjs.md", `${github}/examples/nestjs/README.md#x`],
      ["architecture.md", "faq.md", `${github}/docs/architecture.md`],
      ["../architecture.md", "start/esm.md", `${github}/docs/architecture.md`],
      ["../rules/README.md#data-loss", "guide/practices.md", "../rules/index.md#data-loss"],
      ["README.md", "rules/drop-table.md", "index.md"],
      ["../configuration.md#sqlite", "guide/setup.md", "../configuration.md#sqlite"],
      ["#top", "faq.md", "#top"],
      ["https://typeorm.io", "faq.md", "https://typeorm.io"],
      ["mailto:a@b.c", "faq.md", "mailto:a@b.c"],
    ] as const;
    assert.deepEqual(
      cases.map(([link, page]) => addressOnSite(link, page)),
      cases.map(([, , address]) => address),
    );
  });

  it("finds links of built pages that lead nowhere", async () => {
    const { brokenLinks } = await load<{
      readonly brokenLinks: (folder: string, base: string) => readonly string[];
    }>("brokenLinks.mjs");
    const site = createProjectFolder({
      "index.html": `<h1 id="top"></h1><a href="/base/a.html#x">x</a><a href="#top">t</a><a href="https://x.org/y">y</a>`,
      "a.html": `<h2 id="x"></h2><img src="/base/p.svg"><a href="./b/">b</a><a href="/other">o</a><a href="#z">z</a><a href="/base/">i</a>`,
      "b/index.html": `<a href="../a.html#y">y</a><a class="c" href="../c.html">c</a>`,
      "p.svg": "<svg/>",
    });
    try {
      assert.deepEqual(brokenLinks(site.path, "/base/").toSorted(), [
        "a.html: #z",
        "a.html: /other",
        "b/index.html: ../a.html#y",
        "b/index.html: ../c.html",
      ]);
    } finally {
      site.remove();
    }
  });
});
