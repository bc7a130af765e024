// The licences of what a build holds of others, as they ask to be passed on.
import { readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";

const licenceFile = /^(?:licen[cs]e|copying|notice|thirdpartynotice)/i;
const licenceHeading = /^(#+)\s*(?:the\s+)?licen[cs]e\b.*$/im;
/** Shorter is only the name of a licence. */
const shortestLicence = 300;

/** The folders of the packages that bundles hold parts of, by esbuild's descriptions of them. */
export function bundledPackages(metafiles) {
  const folders = metafiles.flatMap(({ inputs }) =>
    Object.keys(inputs).flatMap(
      (input) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? [],
    ),
  );
  return [...new Set(folders)].sort();
}

/**
 * The text of the notices: for each package its name, version and licence.
 * @param folders of the packages
 * @param more notices of what packages hold without saying so
 * @throws Error for a package that has no text of a licence
 */
export function thirdPartyNotices(folders, more = []) {
  const parts = folders.map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
    const texts = licenceTexts(folder);
    if (texts.length === 0) {
      throw new Error(
        `${name} ${version} is in a bundle and has no text of its licence. Ask its authors for one, or take another package.`,
      );
    }
    return [`${name} ${version} (${license})`, ...texts].join("\n\n");
  });
  const rule = `\n\n${"-".repeat(80)}\n\n`;
  const title = "Alembic for TypeORM contains these packages, or parts of them, each under its licence.";
  return `${[title, ...parts, ...more].join(rule)}\n`;
}

function licenceTexts(folder) {
  const names = readdirSync(folder).sort();
  const texts = names.filter((name) => licenceFile.test(name)).map((name) => read(folder, name));
  if (texts.length > 0) {
    return texts;
  }
  // Some have it at the end of their README alone.
  const readme = names.find((name) => /^readme/i.test(name));
  const section = readme === undefined ? undefined : licenceSection(read(folder, readme));
  return section === undefined ? [] : [section];
}

function read(folder, name) {
  return readFileSync(path.join(folder, name), "utf8").replaceAll("\r\n", "\n").trim();
}

function licenceSection(readme) {
  const heading = licenceHeading.exec(readme);
  if (heading === null) {
    return undefined;
  }
  const rest = readme.slice(heading.index + heading[0].length);
  const end = new RegExp(`^#{1,${heading[1].length}}\\s`, "m").exec(rest)?.index;
  const text = rest.slice(0, end).trim();
  return text.length >= shortestLicence && /copyright/i.test(text) ? text : undefined;
}
