import { propose } from "../autogenerate/propose/proposal";
import { unreportedDrift } from "../autogenerate/read/driftRemarks";
import { reportOf } from "../autogenerate/propose/revisionBodies";
import type { Command } from "../context/commandContext";
import { readSoundGraph } from "../context/readGraph";
import { requireTypescriptEntities } from "./revisionFile";

/** Alembic's `check`: what `revision --autogenerate` would write, without writing it. */
export const check: Command<"check"> = async (context, options) => {
  await requireTypescriptEntities(context, "alembic check");
  const graph = await readSoundGraph(context);
  const proposal = await propose(context, graph, options);
  return reportOf(proposal, unreportedDrift(proposal.drift, graph));
};
