import * as vscode from "vscode";

const pythonExtensionId = "ms-python.python";

/** The part of the Python extension's interface that is used. */
interface PythonExtension {
  readonly environments: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly id: string; readonly path: string };
    resolveEnvironment(environment: {
      readonly id: string;
      readonly path: string;
    }): Promise<{ readonly executable: { readonly uri: vscode.Uri | undefined } } | undefined>;
  };
}

/** The interpreter that the Python extension uses for a file; undefined where the extension is not there, or has none. */
export async function selectedInterpreter(resource: vscode.Uri): Promise<string | undefined> {
  try {
    const extension = vscode.extensions.getExtension<PythonExtension>(pythonExtensionId);
    const python = await extension?.activate();
    const active = python?.environments.getActiveEnvironmentPath(resource);
    const environment = active && (await python?.environments.resolveEnvironment(active));
    return environment?.executable.uri?.fsPath;
  } catch {
    // An extension of another version, or one that failed, chooses nothing.
    return undefined;
  }
}
