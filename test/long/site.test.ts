import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { openSite, type Site } from "../support/openSite";

const repository = dirname(dirname(__dirname));

/** Pages of each kind: home, text, tables, drawings, pictures, the longest, a rule. */
const kindsOfPages = [
  "",
  "start/command-line.html",
  "coming-from/typeorm.html",
  "concepts/graph.html",
  "editor/problems.html",
  "reference/operations.html",
  "configuration.html",
  "squawk.html",
  "rules/",
  "rules/not-null-scans.html",
];

describe("the built documentation site", function () {
  this.timeout(900_000);
  let site: Site;

  before(async () => {
    site = await openSite();
  });

  afterEach(() => {
    assert.deepEqual(site.faults.splice(0), []);
  });

  after(() => site.close());

  it("shows every page of the navigation, each with its title", async () => {
    const { listedPages, rulePages } = (await import(
      pathToFileURL(join(repository, "docs/.vitepress/navigation.mjs")).href
    )) as { readonly listedPages: readonly string[]; readonly rulePages: readonly string[] };
    const page = await site.open();
    for (const file of [...listedPages, ...rulePages.slice(0, 3)]) {
      const [heading = ""] = readFileSync(join(repository, "docs", file), "utf8").split("\n", 1);
      const link = file.replace(/README\.md$/, "").replace(/\.md$/, ".html");
      await page.goto(`${site.url}${link}`);
      const shown = await page.locator(".vp-doc h1").innerText();
      assert.equal(shown.replace(/\s*\u200b$/, ""), heading.slice(2).replaceAll("`", ""), file);
    }
    await page.close();
  });

  it("leads from the home page through the sidebar to the next page", async () => {
    const page = await site.open();
    await page.goto(site.url);
    await page.getByRole("link", { name: "Get started" }).last().click();
    await page.waitForURL("**/start/command-line.html");
    await page.locator(".VPSidebar").getByText("Locks", { exact: true }).waitFor({ state: "attached" });
    await page.locator(".VPSidebar").getByRole("link", { name: "Patterns" }).click();
    await page.waitForURL("**/guide/patterns.html");
    await page.locator(".vp-doc h1", { hasText: "Patterns" }).waitFor();
    await page.locator(".pager-link.next").click();
    await page.waitForURL("**/guide/practices.html");
    await page.locator(".VPDocOutlineItem").getByRole("link", { name: "Rely on transactions" }).click();
    await page.waitForURL("**/guide/practices.html#rely-on-transactions");
    await page.close();
  });

  it("finds pages without a server", async () => {
    const page = await site.open();
    await page.goto(`${site.url}faq.html`);
    await page.keyboard.press("Control+k");
    await page.locator("#localsearch-input").fill("advisory lock of a run");
    const results = page.locator(".VPLocalSearchBox .result");
    await results.filter({ hasText: "The lock of a run" }).first().click();
    await page.waitForURL("**/concepts/locks.html#the-lock-of-a-run");
    await page.close();
  });

  it("has a dark and a light appearance, and keeps the one that was chosen", async () => {
    const page = await site.open({ colorScheme: "light" });
    await page.goto(`${site.url}concepts/graph.html`);
    const background = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
    assert.equal(await background(), "rgb(255, 255, 255)");
    await page.locator(".VPNavBarAppearance .VPSwitchAppearance").click();
    await page.locator("html.dark").waitFor({ state: "attached" });
    const dark = await background();
    assert.notEqual(dark, "rgb(255, 255, 255)");
    await page.reload();
    assert.equal(await background(), dark);
    const filter = `getComputedStyle(document.querySelector('.vp-doc img[src$=".svg"]')).filter`;
    assert.match(String(await page.evaluate(filter)), /^invert/);
    await page.close();
  });

  for (const [name, width] of [
    ["a phone", 375],
    ["a tablet", 800],
    ["a desk", 1280],
  ] as const) {
    it(`fits each kind of page into the width of ${name}`, async () => {
      const page = await site.open({ viewport: { width, height: 800 } });
      for (const path of kindsOfPages) {
        await page.goto(`${site.url}${path}`);
        const tooWide = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
        assert.ok(Number(tooWide) <= 0, `${path} is ${String(tooWide)} pixels too wide`);
      }
      await page.close();
    });
  }

  it("has its menus on a phone", async () => {
    const page = await site.open({ viewport: { width: 375, height: 720 }, hasTouch: true, isMobile: true });
    await page.goto(`${site.url}guide/setup.html`);
    await page.locator(".VPLocalNav .menu").click();
    await page.locator(".VPSidebar.open").getByRole("link", { name: "Running revisions" }).click();
    await page.waitForURL("**/guide/running.html");
    await page.locator(".VPNavBarHamburger").click();
    await page.locator(".VPNavScreen").getByRole("link", { name: "Editor" }).click();
    await page.waitForURL("**/editor.html");
    await page.close();
  });

  it("has texts for language models, whose links lead to pages as Markdown", () => {
    const list = readFileSync(join(site.folder, "llms.txt"), "utf8");
    const links = [...list.matchAll(/^- \[[^\]]+\]\(([^)]+)\): (.*)$/gm)];
    assert.ok(links.length > 50);
    assert.deepEqual(
      links.filter(([, link = "", summary = ""]) => summary === "" || !existsSync(join(site.folder, link))),
      [],
    );
    const all = readFileSync(join(site.folder, "llms-full.txt"), "utf8");
    assert.match(all, /^# Getting started on the command line$/m);
    assert.match(all, /^### createExcludeConstraint$/m);
  });
});
