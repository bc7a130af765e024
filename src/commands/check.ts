import { propose } from "./autogenerate/proposal";
import { unreportedDrift } from "./autogenerate/driftRemarks";
import { reportOf } from "./autogenerate/revisionBodies";
import type { Command } from "./commandContext";
import { readSoundGraph } from "./readingCommands";

/** Alembic's `check`: what `revision --autogenerate` would write, without writing it. */
export const check: Command<"check"> = async (context, options) => {
  const graph = await readSoundGraph(context);
  const proposal = await propose(context, graph, options);
  return reportOf(proposal, unreportedDrift(proposal.drift, graph));
};
