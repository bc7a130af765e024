import type * as ts from "typescript/lib/tsserverlibrary";

const packageName = "alembic-ts";

type Host = Pick<ts.LanguageServiceHost, "resolveModuleNameLiterals">;

/**
 * Makes a host find the types of `alembic-ts` in `typesFile` where it finds no such package itself. TypeScript before
 * 5.0 resolves in another way, and stays as it is.
 */
export function resolveToBundledTypes(host: Host, typesFile: string, isEnabled: () => boolean): void {
  const resolve = host.resolveModuleNameLiterals?.bind(host);
  if (resolve === undefined) {
    return;
  }
  const bundled: ts.ResolvedModuleFull = {
    resolvedFileName: typesFile,
    extension: ".d.ts",
    isExternalLibraryImport: true,
  };
  host.resolveModuleNameLiterals = (literals, ...rest) =>
    resolve(literals, ...rest).map((found, index) =>
      found.resolvedModule === undefined && literals[index]?.text === packageName && isEnabled()
        ? { ...found, resolvedModule: bundled }
        : found,
    );
}
