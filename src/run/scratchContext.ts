import type { CommandContext } from "../context/commandContext";

/** The context for a run on a database of our own: the project's `onVersionApply` is for the project's databases. */
export function scratchContext(context: CommandContext): CommandContext {
  const { config } = context;
  return { ...context, config: { ...config, hooks: { ...config.hooks, onVersionApply: undefined } } };
}
