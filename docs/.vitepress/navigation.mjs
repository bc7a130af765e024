import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const docs = dirname(dirname(fileURLToPath(import.meta.url)));

/** The chapters, in the order of the sidebar: the title of each page and its file below docs/. */
export const sections = [
  {
    text: "Getting started",
    pages: [
      ["In VS Code", "start/extension.md"],
      ["On the command line", "start/command-line.md"],
      ["Existing TypeORM project", "start/typeorm.md"],
      ["Existing Alembic project", "start/alembic.md"],
      ["NestJS", "start/nestjs.md"],
      ["Monorepo", "start/monorepo.md"],
      ["ES modules", "start/esm.md"],
    ],
  },
  {
    text: "Guide",
    pages: [
      ["Setup", "guide/setup.md"],
      ["Creating revisions", "guide/creating.md"],
      ["Running revisions", "guide/running.md"],
      ["Patterns", "guide/patterns.md"],
      ["Practices", "guide/practices.md"],
      ["Troubleshooting", "guide/troubleshooting.md"],
      ["Workflow", "guide/workflow.md"],
    ],
  },
  {
    text: "Coming from",
    pages: [
      ["Alembic", "coming-from/alembic.md"],
      ["TypeORM migrations", "coming-from/typeorm.md"],
      ["Prisma Migrate", "coming-from/prisma.md"],
      ["drizzle-kit", "coming-from/drizzle-kit.md"],
      ["Adopting TypeORM's migrations", "adopt-typeorm.md"],
      ["Projects of Python's Alembic", "python.md"],
      ["Converting Python revisions", "convert.md"],
      ["Differences", "differences.md"],
    ],
  },
  {
    text: "Concepts",
    pages: [
      ["The graph of revisions", "concepts/graph.md"],
      ["The version table", "concepts/version-table.md"],
      ["Transactions", "concepts/transactions.md"],
      ["Locks", "concepts/locks.md"],
      ["The embedded database", "concepts/embedded-database.md"],
    ],
  },
  {
    text: "Features",
    pages: [
      ["Revisions", "revisions.md"],
      ["Autogenerate", "autogenerate.md"],
      ["Objects in files", "objects.md"],
      ["Lint", "lint.md"],
      ["Verify", "verify.md"],
      ["Tests with data", "data-tests.md"],
      ["Branches", "branches.md"],
      ["Squash", "squash.md"],
      ["Drift", "drift.md"],
      ["Coding agents", "agents.md"],
    ],
  },
  {
    text: "The editor",
    pages: [
      ["Overview", "editor.md"],
      ["The Revisions view", "editor/revisions-view.md"],
      ["Lenses and SQL preview", "editor/lenses.md"],
      ["Autogenerate and drift", "editor/autogenerate.md"],
      ["Problems and quick fixes", "editor/problems.md"],
      ["Navigation", "editor/navigation.md"],
      ["The graph", "editor/graph.md"],
      ["Tests", "editor/tests.md"],
      ["Environments", "editor/environments.md"],
    ],
  },
  {
    text: "CI/CD",
    pages: [
      ["Continuous integration", "continuous-integration.md"],
      ["Deploying", "deploying.md"],
    ],
  },
  {
    text: "Reference",
    pages: [
      ["Operations", "reference/operations.md"],
      ["Configuration", "configuration.md"],
      ["All configuration keys", "reference/configuration.md"],
      ["Command line", "reference/command-line.md"],
      ["Settings", "reference/settings.md"],
      ["Problems", "problems.md"],
      ["Errors", "errors.md"],
      ["Rules", "rules/README.md"],
      ["Lint compared with squawk", "squawk.md"],
      ["Platforms", "platforms.md"],
      ["JSON output", "json.md"],
      ["Security", "security.md"],
      ["FAQ", "faq.md"],
    ],
  },
];

/** Sections of the sidebar that are open at first. */
const open = ["Getting started", "Guide"];

const address = (page) => `/${page.replace(/README\.md$/, "").replace(/\.md$/, "")}`;

const everyPage = sections.map(({ text, pages }) => ({
  text,
  collapsed: !open.includes(text),
  items: pages.map(([title, page]) => ({ text: title, link: address(page) })),
}));

/** The rules under the headings of their own list. */
function ruleSections() {
  const list = readFileSync(join(docs, "rules/README.md"), "utf8");
  return list
    .split(/^## /m)
    .slice(1)
    .map((part) => ({
      text: part.slice(0, part.indexOf("\n")),
      items: [...part.matchAll(/^- \[([\w-]+)\]\(([\w-]+)\.md\)/gm)].map(([, code, page]) => ({
        text: code,
        link: `/rules/${page}`,
      })),
    }))
    .filter(({ items }) => items.length > 0);
}

export const sidebars = {
  "/rules/": [
    {
      text: "Lint",
      items: [
        { text: "Lint", link: "/lint" },
        { text: "All rules", link: "/rules/" },
      ],
    },
    ...ruleSections(),
  ],
  "/": everyPage,
};

/** The links at the top. */
export const topics = [
  { text: "Get started", link: "/start/command-line", activeMatch: "^/start/" },
  { text: "Guide", link: "/guide/setup", activeMatch: "^/guide/" },
  { text: "Editor", link: "/editor", activeMatch: "^/editor" },
  { text: "Reference", link: "/reference/operations", activeMatch: "^/reference/" },
];

/** Every page that has a place in the navigation, below docs/. */
export const listedPages = sections.flatMap(({ pages }) => pages.map(([, page]) => page));

/** Pages that are found by their list only: a page for each rule. */
export const rulePages = readdirSync(join(docs, "rules"))
  .filter((name) => name.endsWith(".md") && name !== "README.md")
  .map((name) => `rules/${name}`);
