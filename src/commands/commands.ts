import type { Command, CommandContext } from "../context/commandContext";
import type { CommandName, CommandTable } from "../context/commandTable";
import { throughAlembic } from "./alembic/throughAlembic";
import { adopt } from "./adopt/adopt";
import { check } from "./check";
import { checkBranches } from "./checkBranches";
import { drift } from "./drift";
import { dataTests } from "./dataTests";
import { downgrade, upgrade } from "./migrate";
import { ensureVersion } from "./ensureVersion";
import { merge, revision, writeRevision } from "./newRevision";
import { convert } from "./convert";
import { current } from "./current";
import { show } from "./show";
import { history } from "./history";
import { branches } from "./branches";
import { heads } from "./heads";
import { lint } from "./lint";
import { rebase } from "./rebase";
import { roundTrip } from "./roundTrip";
import { pruneSquashed } from "./squash/pruneSquashed";
import { squash } from "./squash/squash";
import { stamp } from "./stamp";
import { status } from "./status";

const commands: { readonly [Name in CommandName]: Command<Name> } = {
  upgrade,
  downgrade,
  stamp,
  current,
  status,
  history,
  heads,
  branches,
  show,
  revision,
  writeRevision,
  merge,
  checkBranches,
  rebase,
  squash,
  pruneSquashed,
  check,
  drift,
  lint,
  roundTrip,
  dataTests,
  adopt,
  convert,
  ensureVersion,
};

/** Runs a command by its name: what concerns a Python database through the project's Alembic, where that may be run. */
export async function runCommand<Name extends CommandName>(
  name: Name,
  context: CommandContext,
  options: CommandTable[Name]["options"],
): Promise<CommandTable[Name]["result"]> {
  return (await throughAlembic(name, context, options)) ?? commands[name](context, options);
}
