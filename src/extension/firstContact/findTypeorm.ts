import * as vscode from "vscode";
import {
  mayHoldTypeorm,
  rankDataSources,
  scanTypeormFile,
  type DataSourceFile,
} from "../../source/scanTypeormFile";
import { excludedFoldersGlob } from "../project/configFiles";
import { pathOf } from "../project/paths";
import { readTexts } from "../project/revisionFiles";
import { Turns } from "../shared/turns";

/** Entry of the bundle `dist/findTypeorm.js`. It is loaded where a workspace has no configuration. */

/** A larger project is not read whole for a first suggestion. */
const mostFiles = 4000;

/** A class of the project, and where it is. */
export interface FoundClass {
  readonly name: string;
  readonly uri: vscode.Uri;
}

/** What a folder has for TypeORM. */
export interface FoundTypeormFiles {
  /** Files that make a DataSource, the likeliest first; relative to the folder, with `/`. */
  readonly dataSources: readonly string[];
  readonly entities: readonly FoundClass[];
  /** In the order of their timestamps. */
  readonly migrations: readonly FoundClass[];
}

/** What a folder has for TypeORM, below the folders of other people's and of built files. */
export async function findTypeorm(
  directory: vscode.Uri,
  token: vscode.CancellationToken,
): Promise<FoundTypeormFiles> {
  const pattern = new vscode.RelativePattern(directory, "**/*.{ts,mts,cts,js,mjs,cjs}");
  const uris = await vscode.workspace.findFiles(pattern, excludedFoldersGlob, mostFiles, token);
  const wanted = uris.filter(({ path }) => mayHoldTypeorm(path));
  const { texts } = await readTexts(wanted);
  const dataSources: DataSourceFile[] = [];
  const entities: FoundClass[] = [];
  const migrations = new Map<string, FoundClass>();
  const turns = new Turns();
  for (const uri of wanted.sort((a, b) => (a.path < b.path ? -1 : 1))) {
    await turns.breathe();
    if (token.isCancellationRequested) {
      break;
    }
    const file = scanTypeormFile(texts.get(pathOf(uri)) ?? "");
    if (file.dataSource !== undefined) {
      const path = uri.path.slice(directory.path.length).replace(/^\//, "");
      dataSources.push({ path, dataSource: file.dataSource });
    }
    entities.push(...file.entities.map((name) => ({ name, uri })));
    file.migrations.forEach((name) => migrations.set(name, migrations.get(name) ?? { name, uri }));
  }
  return {
    dataSources: rankDataSources(dataSources),
    entities: entities.sort((a, b) => (a.name < b.name ? -1 : 1)),
    migrations: [...migrations.values()].sort((a, b) => (a.name.slice(-13) < b.name.slice(-13) ? -1 : 1)),
  };
}
