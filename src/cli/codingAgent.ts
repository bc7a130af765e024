type Variables = Readonly<Record<string, string | undefined>>;

/** What a coding agent sets in the programs that it starts. */
export interface AgentVariable {
  readonly agent: string;
  readonly variable: string;
  /** The values that mean it; any text if left out. */
  readonly values?: RegExp;
  /** Whether others use the variable too, so that it means nothing in a CI run. */
  readonly isShared?: true;
}

/**
 * The agents' own documentation and sources name these. Variables that an editor also sets in the terminals of people, as
 * CURSOR_TRACE_ID, are no sign of an agent.
 */
export const agentVariables: readonly AgentVariable[] = [
  { agent: "Claude Code", variable: "CLAUDECODE" },
  { agent: "Codex", variable: "CODEX_THREAD_ID" },
  { agent: "Codex", variable: "CODEX_CI" },
  { agent: "Codex", variable: "CODEX_SANDBOX" },
  { agent: "Codex", variable: "CODEX_SANDBOX_NETWORK_DISABLED" },
  { agent: "Gemini CLI", variable: "GEMINI_CLI" },
  { agent: "Qwen Code", variable: "QWEN_CODE" },
  { agent: "Cursor", variable: "CURSOR_AGENT" },
  { agent: "GitHub Copilot", variable: "COPILOT_CLI" },
  { agent: "GitHub Copilot", variable: "COPILOT_AGENT" },
  { agent: "OpenCode", variable: "OPENCODE" },
  { agent: "OpenCode", variable: "OPENCODE_CLIENT" },
  { agent: "Cline", variable: "CLINE_ACTIVE" },
  { agent: "Augment", variable: "AUGMENT_AGENT" },
  { agent: "Antigravity", variable: "ANTIGRAVITY_AGENT" },
  { agent: "Trae", variable: "TRAE_AI_SHELL_ID" },
  { agent: "Replit", variable: "REPLIT_SESSION", values: /^agent-/ },
  { agent: "Goose", variable: "AGENT", values: /^goose$/i },
  { agent: "Amp", variable: "AGENT", values: /^amp$/i },
  { agent: "Crush", variable: "AGENT", values: /^crush$/i },
  { agent: "an agent that sets AI_AGENT", variable: "AI_AGENT", isShared: true },
  { agent: "an agent that sets AGENT", variable: "AGENT", values: /^(?:1|true|yes)$/i, isShared: true },
];

/** Which CI systems set, and no terminal of a person. */
const ciVariables = [
  "CI",
  "GITHUB_ACTIONS",
  "GITLAB_CI",
  "CIRCLECI",
  "BUILDKITE",
  "JENKINS_URL",
  "TF_BUILD",
  "TEAMCITY_VERSION",
];

/** A person's choice: their agent may run everything that they may. */
const guardVariable = "ALEMBIC_AGENT_GUARD";

/**
 * The coding agent that started this program, as its variables tell; undefined: none, or a person has turned the guard off.
 * That counts only where the agent was started with it: in the outermost of the programs that have the agent's variable.
 * @param above the variables that the programs above this one were started with, nearest first
 */
export function guardedAgent(variables: Variables, above: Iterable<Variables> = []): string | undefined {
  const agent = agentOf(variables);
  if (agent === undefined || !isTurnedOff(variables)) {
    return agent;
  }
  let outermost = variables;
  for (const those of above) {
    if (agentOf(those) === undefined) {
      break;
    }
    outermost = those;
  }
  return isTurnedOff(outermost) ? undefined : agent;
}

function isTurnedOff(variables: Variables): boolean {
  return /^(?:off|0|false|no)$/i.test(variables[guardVariable]?.trim() ?? "");
}

function agentOf(variables: Variables): string | undefined {
  const isSet = (name: string): boolean => !/^(?:|0|false|off|no)$/i.test(variables[name]?.trim() ?? "");
  const isCi = ciVariables.some(isSet);
  return agentVariables.find(
    ({ variable, values, isShared }) =>
      isSet(variable) &&
      (values === undefined || values.test(variables[variable]?.trim() ?? "")) &&
      !(isShared === true && isCi),
  )?.agent;
}
