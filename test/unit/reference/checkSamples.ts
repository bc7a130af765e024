import { join } from "node:path";
import ts from "typescript";

const repository = join(__dirname, "../../..");

/** Code of the documentation: statements of a revision's function, or a module. */
export interface Sample {
  /** Where it is, for the message. */
  readonly place: string;
  readonly text: string;
}

/** The faults that TypeScript finds in samples, each with its place; in the words of a strict project. */
export function checkSamples(samples: readonly Sample[]): readonly string[] {
  const files = new Map(
    samples.map(({ place, text }, index) => [
      join(repository, "test", "unit", "reference", `sample${String(index)}.ts`),
      { place, text: isModule(text) ? text : inFunction(text) },
    ]),
  );
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    experimentalDecorators: true,
    strictPropertyInitialization: false,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    paths: { "alembic-ts": [join(repository, "src/index.ts")] },
    types: ["node"],
  };
  const base = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...base,
    fileExists: (file) => files.has(file) || base.fileExists(file),
    readFile: (file) => files.get(file)?.text ?? base.readFile(file),
    getSourceFile: (file, language) => {
      const text = files.get(file)?.text;
      return text === undefined
        ? base.getSourceFile(file, language)
        : ts.createSourceFile(file, text, language);
    },
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files].flatMap(([file, { place }]) => {
    const source = program.getSourceFile(file);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText }) => `${place}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
    );
  });
}

function isModule(text: string): boolean {
  return /^(?:import|export)\b/m.test(text);
}

function inFunction(text: string): string {
  return `import type { Migration } from "alembic-ts";
import { rm } from "node:fs/promises";
export async function upgrade({ op, sql, connection, context }: Migration): Promise<void> {
${text}
  void [op, sql, connection, context, rm];
}
`;
}
