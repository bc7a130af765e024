import { editDistance } from "../revision/editDistance";
import type { AlembicConfig } from "./alembicConfig";

/** Every key of a configuration; the record's type makes the compiler check that none is left out. */
const keys: Readonly<Record<keyof AlembicConfig, true>> = {
  scriptLocation: true,
  fileTemplate: true,
  truncateSlugLength: true,
  timezone: true,
  versionLocations: true,
  recursiveVersionLocations: true,
  versionTable: true,
  versionTableSchema: true,
  versionTablePk: true,
  transactionPerMigration: true,
  allowEmptyGlobs: true,
  url: true,
  environments: true,
  dataSource: true,
  objects: true,
  shadowUrl: true,
  postWriteHooks: true,
  lockTimeout: true,
  statementTimeout: true,
  lockRetries: true,
  lockRetryDelay: true,
  backup: true,
  backupDirectory: true,
  mainBranch: true,
  lint: true,
  prependSysPath: true,
  outputEncoding: true,
  revisionEnvironment: true,
  includeSchemas: true,
  includeName: true,
  includeObject: true,
  compareType: true,
  compareServerDefault: true,
  compareCheckConstraints: true,
  renderItem: true,
  processRevisionDirectives: true,
  onVersionApply: true,
  namingConvention: true,
  operations: true,
};

/** Whether a configuration may have this key. */
export function isConfigKey(key: string): boolean {
  return Object.hasOwn(keys, key);
}

/** The key that was probably meant, for a key that does not exist. */
export function nearestConfigKey(key: string): string | undefined {
  const normal = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, "");
  // A short key is near to many.
  const farthest = Math.min(3, Math.floor(normal(key).length / 3));
  const candidates = Object.keys(keys).map((known) => ({
    known,
    distance: editDistance(normal(known), normal(key)),
  }));
  const best = candidates.sort((left, right) => left.distance - right.distance)[0];
  return best !== undefined && best.distance <= farthest ? best.known : undefined;
}
