interface TomlReader {
  parse(text: string): Record<string, unknown>;
}

// The package has a CommonJS build whose types are declared for ES modules only, so `import` does not compile.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const reader = require("smol-toml") as TomlReader;

/**
 * Parses TOML.
 * @throws an error whose first line says what is wrong
 */
export function parseToml(text: string): Record<string, unknown> {
  return reader.parse(text);
}
