import type { RunRequest } from "./protocol";

/** Whether a command changes the chosen database, and does not only show what it would do. */
export function changesDatabase({ command, options }: Pick<RunRequest, "command" | "options">): boolean {
  const isOn = (name: string): boolean =>
    [true, "approval"].some((value) => value === Reflect.get(options, name));
  switch (command) {
    case "upgrade":
    case "downgrade":
    case "stamp":
    case "ensureVersion":
      return !isOn("sql") && !isOn("plan");
    case "adopt":
      return !isOn("dryRun") && !isOn("noStamp");
    case "current":
    case "status":
    case "history":
    case "heads":
    case "branches":
    case "show":
    case "revision":
    case "writeRevision":
    case "merge":
    case "check":
    case "checkBranches":
    case "drift":
    case "rebase":
    case "squash":
    case "pruneSquashed":
    case "lint":
    case "convert":
    case "roundTrip":
    case "dataTests":
      return false;
  }
}
