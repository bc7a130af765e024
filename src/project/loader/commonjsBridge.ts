/**
 * An ES module that gives the exports of a CommonJS file, loaded by `require`: Node looks for export names in a file's
 * own text, which for TypeScript is not the text that runs. `code` is the compiled file.
 */
export function commonjsBridge(path: string, code: string): string {
  const names = exportNames(code);
  const lines = [
    `import { createRequire } from "node:module";`,
    `const exported = createRequire(import.meta.url)(${JSON.stringify(path)});`,
    `export default exported;`,
    ...names.map(
      (name, index) => `const export${index} = exported.${name};\nexport { export${index} as ${name} };`,
    ),
  ];
  return lines.join("\n");
}

function exportNames(code: string): readonly string[] {
  const assigned = code.matchAll(/\bexports\.([A-Za-z_$][\w$]*)\s*=(?!=)/g);
  const defined = code.matchAll(/Object\.defineProperty\(exports, "([A-Za-z_$][\w$]*)"/g);
  const names = new Set([...assigned, ...defined].map((match) => match[1] ?? ""));
  names.delete("default");
  names.delete("__esModule");
  return [...names];
}
