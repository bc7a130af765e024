import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Variables that let npm build native parts with the headers that lie beside this Node, where node-gyp would fetch them
 * from nodejs.org. Of another Node they are right only for what uses Node-API alone, which is the same in all versions.
 *
 * @returns {Record<string, string>}
 */
export function localHeaders() {
  const prefix = dirname(dirname(process.execPath));
  return existsSync(join(prefix, "include", "node", "node_api.h")) ? { npm_config_nodedir: prefix } : {};
}
