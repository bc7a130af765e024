import { readdirSync } from "node:fs";
import { join } from "node:path";
import { mayHoldTypeorm, rankDataSources, scanTypeormFile } from "../source/scanTypeormFile";
import { readRegularFile } from "../machine/regularFile";

/** Folders of other people's files and of what was built. */
const passedOver: ReadonlySet<string> = new Set(["node_modules", "dist", "build", "out", "coverage"]);
const deepestFolder = 8;
/** A project of more files is not read whole for a first suggestion. */
const mostFiles = 4000;
const largestFile = 256_000;

/**
 * Files below a folder that make and export a TypeORM DataSource, the likeliest first; paths relative to the folder, with
 * `/`. Texts are read; nothing is run, and what can't be read is passed over.
 */
export function findDataSourceFiles(directory: string): readonly string[] {
  const paths = filesBelow(directory);
  return rankDataSources(
    paths.flatMap((path) => {
      const { dataSource } = scanTypeormFile(textOf(join(directory, path)));
      return dataSource === undefined ? [] : [{ path, dataSource }];
    }),
  );
}

/** Breadth first, so that what is left out of a large project lies deepest. */
function filesBelow(directory: string): readonly string[] {
  const files: string[] = [];
  let folders = [""];
  for (let depth = 0; depth <= deepestFolder && folders.length > 0; depth += 1) {
    const next: string[] = [];
    for (const folder of folders) {
      for (const entry of entriesOf(join(directory, folder))) {
        const path = `${folder}${entry.name}`;
        if (entry.isDirectory() && !entry.name.startsWith(".") && !passedOver.has(entry.name)) {
          next.push(`${path}/`);
        } else if (entry.isFile() && mayHoldTypeorm(entry.name)) {
          files.push(path);
        }
      }
      if (files.length >= mostFiles) {
        return files.slice(0, mostFiles);
      }
    }
    folders = next;
  }
  return files;
}

function entriesOf(folder: string): ReturnType<typeof readEntries> {
  try {
    return readEntries(folder);
  } catch {
    return [];
  }
}

function readEntries(folder: string) {
  return readdirSync(folder, { withFileTypes: true });
}

function textOf(path: string): string {
  try {
    return readRegularFile(path, largestFile) ?? "";
  } catch {
    return "";
  }
}
