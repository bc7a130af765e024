import { posix } from "node:path";

const repository = "https://github.com/alembic-ts/alembic-ts/blob/main";
const outsideTheSite = ["docs/architecture.md"];

/**
 * The address on the site of what a page of docs/ links to, as GitHub reads the link: a file that is not on the site is
 * named by its address on GitHub. `page` is the page's path below docs/.
 */
export function addressOnSite(link, page) {
  if (link === "" || link.startsWith("#") || link.startsWith("/") || /^[a-z][\w+.-]*:/i.test(link)) {
    return link;
  }
  const [path, anchor = ""] = link.split(/(?=#)/);
  const target = posix.join("docs", posix.dirname(page), path);
  if (!target.startsWith("docs/") || outsideTheSite.includes(target)) {
    return `${repository}/${target}${anchor}`;
  }
  return `${path.replace(/(^|\/)README\.md$/, "$1index.md")}${anchor}`;
}

/** Lets links of the pages lead where they do on GitHub. */
export function linkOutsideToGitHub(markdown) {
  markdown.core.ruler.push("links_out_of_docs", ({ tokens, env }) => {
    for (const link of tokens.flatMap(({ children }) => children ?? [])) {
      if (link.type === "link_open") {
        link.attrSet("href", addressOnSite(link.attrGet("href") ?? "", env.relativePath));
      }
    }
  });
}
