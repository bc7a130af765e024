import { defineConfig } from "vitepress";
import { brokenLinks } from "./brokenLinks.mjs";
import { writeForLanguageModels } from "./languageModels.mjs";
import { sidebars, topics } from "./navigation.mjs";
import { linkOutsideToGitHub } from "./outsideLinks.mjs";

const description = "Alembic's migrations for TypeScript, TypeORM and PostgreSQL";

export default defineConfig({
  title: "Alembic for TypeORM",
  description,
  lang: "en",
  // Where the site is served below a path, as on GitHub Pages: /alembic-ts/
  base: process.env.DOCS_BASE ?? "/",
  outDir: process.env.DOCS_OUT ?? "../out/site",
  cacheDir: "../out/vitepress",
  // Contributors read it on GitHub, which draws its diagram.
  srcExclude: ["architecture.md"],
  rewrites: { "rules/README.md": "rules/index.md" },
  head: [["meta", { name: "theme-color", content: "#2b6cb0" }]],
  markdown: { config: (markdown) => linkOutsideToGitHub(markdown) },
  // Files, so that the dark theme knows a drawing by its name.
  vite: { build: { assetsInlineLimit: 0, chunkSizeWarningLimit: 5000 } },
  themeConfig: {
    nav: topics,
    sidebar: sidebars,
    outline: [2, 3],
    search: { provider: "local" },
    externalLinkIcon: true,
    socialLinks: [{ icon: "github", link: "https://github.com/alembic-ts/alembic-ts" }],
    editLink: {
      pattern: "https://github.com/alembic-ts/alembic-ts/edit/main/docs/:path",
      text: "Edit this page",
    },
    footer: { message: "Released under the MIT License." },
  },
  transformPageData: (page) => ({ description: page.frontmatter.description ?? description }),
  buildEnd: ({ srcDir, outDir, site }) => {
    const broken = brokenLinks(outDir, site.base);
    if (broken.length > 0) {
      throw new Error(`These links lead nowhere:\n${broken.join("\n")}`);
    }
    writeForLanguageModels({ srcDir, outDir, description });
  },
});
