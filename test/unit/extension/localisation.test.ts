import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const root = join(__dirname, "../../..");
const sourceFolder = join(root, "src");

/** The texts that the code gives to `vscode.l10n.t` or to a `Say`; anything else than a plain string there is reported. */
function localisedTexts(): { readonly texts: ReadonlySet<string>; readonly computed: readonly string[] } {
  const texts = new Set<string>();
  const computed: string[] = [];
  for (const entry of readdirSync(sourceFolder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith(".ts")) {
      continue;
    }
    const source = readFileSync(join(entry.parentPath, entry.name), "utf8");
    const file = ts.createSourceFile(entry.name, source, ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && /^(?:vscode\.l10n\.t|say)$/.test(node.expression.getText(file))) {
        const [text] = node.arguments;
        if (text !== undefined && ts.isStringLiteralLike(text)) {
          texts.add(text.text);
        } else {
          computed.push(`${entry.name}: ${node.getText(file)}`);
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return { texts, computed };
}

function readBundle(path: string): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(JSON.parse(readFileSync(join(root, path), "utf8")) as Record<string, string>),
  );
}

const placeholders = (text: string): readonly string[] => [...new Set(text.match(/\{\d+\}/g))].sort();
const commandLinks = (text: string): readonly string[] =>
  [...(text.match(/\(command:[\w.]+\)/g) ?? [])].sort();

describe("the texts of the extension", () => {
  const { texts, computed } = localisedTexts();
  const bundlePath = "l10n/bundle.l10n.json";
  if (process.env["UPDATE_GOLDEN"] === "1") {
    const entries = [...texts].sort().map((text) => [text, text]);
    writeFileSync(join(root, bundlePath), `${JSON.stringify(Object.fromEntries(entries), undefined, 2)}\n`);
  }

  it("are plain strings, so that they can be looked up", () => {
    assert.deepEqual(computed, []);
  });

  it("are all in the bundle that translators start from", () => {
    assert.deepEqual([...readBundle(bundlePath).keys()], [...texts].sort());
  });

  const translations = [
    { from: bundlePath, to: "l10n/bundle.l10n.de.json" },
    { from: "package.nls.json", to: "package.nls.de.json" },
  ];
  for (const { from, to } of translations) {
    it(`are all translated in ${to}, with the same placeholders and commands`, () => {
      const original = readBundle(from);
      const translated = readBundle(to);
      assert.deepEqual([...translated.keys()].sort(), [...original.keys()].sort());
      const marksOf = (bundle: ReadonlyMap<string, string>): unknown =>
        [...bundle]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, text]) => [key, placeholders(text), commandLinks(text)]);
      assert.deepEqual(marksOf(translated), marksOf(original));
      assert.deepEqual(
        [...translated].filter(([, text]) => text.trim() === "").map(([key]) => key),
        [],
      );
    });
  }
});
