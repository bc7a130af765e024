import { readFileSync, readdirSync } from "node:fs";
import { join, posix, sep } from "node:path";

const attributes = /<[^>]*?\s(id|href|src)="([^"]*)"[^>]*>/g;
const attributeOf = (name) => new RegExp(`\\s${name}="([^"]*)"`, "g");

/** The files below a folder, with `/` between folders. */
function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll(sep, "/"),
    );
}

/** Links, pictures and anchors in the pages of a built site that lead to nothing on it, each with its page. */
export function brokenLinks(folder, base) {
  const files = new Set(filesBelow(folder));
  const pages = new Map();
  for (const file of files) {
    if (file.endsWith(".html")) {
      pages.set(file, readPage(join(folder, file)));
    }
  }
  return [...pages].flatMap(([page, { links }]) =>
    links.flatMap((link) => {
      const url = new URL(link, `http://site${base}${page}`);
      if (url.host !== "site") {
        return [];
      }
      const path = decodeURIComponent(url.pathname);
      const below = path.startsWith(base) ? path.slice(base.length) : undefined;
      const target = below === "" || below?.endsWith("/") ? posix.join(below, "index.html") : below;
      const anchor = decodeURIComponent(url.hash.slice(1));
      const isThere = target !== undefined && files.has(target);
      const isComplete = anchor === "" || pages.get(target)?.anchors.has(anchor) !== false;
      return isThere && isComplete ? [] : [`${page}: ${link}`];
    }),
  );
}

function readPage(path) {
  const links = [];
  const anchors = new Set();
  for (const [tag] of readFileSync(path, "utf8").matchAll(attributes)) {
    for (const [, anchor] of tag.matchAll(attributeOf("id"))) {
      anchors.add(anchor);
    }
    for (const name of ["href", "src"]) {
      for (const [, link] of tag.matchAll(attributeOf(name))) {
        links.push(link.replaceAll("&amp;", "&"));
      }
    }
  }
  return { links, anchors };
}
