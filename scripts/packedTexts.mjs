// What the packages say of themselves, where they are read without this repository.

/** What a package of npm has to say. All else of the manifest is for the editor, or for those who build it. */
const npmKeys = [
  ...["name", "version", "description", "keywords", "license", "repository", "homepage", "bugs", "type"],
  ...["engines", "dependencies", "peerDependencies", "peerDependenciesMeta", "bin", "exports", "types"],
];

/** The manifest of the npm package. */
export function npmManifest(manifest) {
  const entries = npmKeys.map((key) => [key, manifest[key]]);
  return {
    ...Object.fromEntries(entries),
    engines: { node: manifest.engines.node },
    main: manifest.exports["."].default,
  };
}

/** The README with the addresses of its pictures and pages, as they were when the version was released. */
export function packedReadme(readme, { repository, version }) {
  const address = repository.url.replace(/^git\+|\.git$/g, "");
  const pictures = `${address.replace("//github.com/", "//raw.githubusercontent.com/")}/v${version}/`;
  const pages = `${address}/blob/v${version}/`;
  return readme.replaceAll(
    /(!?)\[([^\]]*)\]\((?!https?:|#)([^)]*)\)/g,
    (_whole, mark, text, file) => `${mark}[${text}](${mark === "!" ? pictures : pages}${file})`,
  );
}
