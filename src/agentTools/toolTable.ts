import { changingTools } from "./changingTools";
import { readingTools } from "./readingTools";
import type { AgentTool } from "./tool";
import { tryingTools } from "./tryingTools";
import { writingTools } from "./writingTools";

/** Every tool. There is none that downgrades, stamps or purges. */
export const agentTools: readonly AgentTool[] = [
  ...readingTools,
  ...tryingTools,
  ...writingTools,
  ...changingTools,
];
