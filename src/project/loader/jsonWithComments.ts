/** Takes comments and trailing commas out of JSON text, as tsconfig.json may have them. */
function stripJsonComments(text: string): string {
  const tokens =
    /"(?:\\.|[^"\\])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\/|,(?=\s*(?:\/\/[^\n]*\s*|\/\*[\s\S]*?\*\/\s*)*[}\]])/g;
  return text.replace(/^\uFEFF/, "").replace(tokens, (token) => (token.startsWith('"') ? token : ""));
}

/**
 * Parses JSON with comments.
 * @throws SyntaxError
 */
export function parseJsonWithComments(text: string): unknown {
  return JSON.parse(stripJsonComments(text)) as unknown;
}
