import type { CommandContext } from "../context/commandContext";

/**
 * The context for a run on a database of our own: the project's `onVersionApply` is for the project's databases, and so is
 * what revisions connect themselves.
 */
export function scratchContext(context: CommandContext): CommandContext {
  const { config } = context;
  return {
    ...context,
    isScratch: true,
    config: { ...config, hooks: { ...config.hooks, onVersionApply: undefined } },
  };
}
