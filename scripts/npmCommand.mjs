import { existsSync } from "node:fs";
import { win32 } from "node:path";

/**
 * How to start npm or npx. On Windows they are batch files, which Node starts only by a shell, and a shell would take
 * paths with spaces apart: there, Node runs the script that the batch file would run.
 *
 * @param {"npm" | "npx"} name
 * @param {readonly string[]} args
 * @returns {{ command: string, args: readonly string[] }}
 */
export function npmCommand(name, args, { platform, environment, node, isFile } = thisMachine) {
  if (platform !== "win32") {
    return { command: name, args };
  }
  const running = environment.npm_execpath ?? "";
  const folders = [
    ...(/[\\/]npm-cli\.js$/.test(running) ? [win32.dirname(running)] : []),
    win32.join(win32.dirname(node), "node_modules", "npm", "bin"),
  ];
  const script = folders.map((folder) => win32.join(folder, `${name}-cli.js`)).find(isFile);
  if (script === undefined) {
    throw new Error(`There is no ${name}-cli.js in ${folders.join(" or ")}: install npm with Node.`);
  }
  return { command: node, args: [script, ...args] };
}

const thisMachine = {
  platform: process.platform,
  environment: process.env,
  node: process.execPath,
  isFile: existsSync,
};
