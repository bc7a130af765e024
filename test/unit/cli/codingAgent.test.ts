import assert from "node:assert/strict";
import { agentVariables, guardedAgent } from "../../../src/cli/codingAgent";

const exampleOf = ({ variable, values }: (typeof agentVariables)[number]): string => {
  const candidates = ["goose", "amp", "crush", "agent-1", "1"];
  return values === undefined ? `any of ${variable}` : (candidates.find((text) => values.test(text)) ?? "");
};

describe("the coding agent that started the command line", () => {
  for (const entry of agentVariables) {
    const variables = { [entry.variable]: exampleOf(entry) };
    it(`is ${entry.agent} with ${entry.variable}=${exampleOf(entry)}`, () => {
      assert.equal(guardedAgent(variables), entry.agent);
      assert.equal(guardedAgent({ ...variables, CI: "true" }), entry.isShared ? undefined : entry.agent);
      assert.equal(guardedAgent({ ...variables, ALEMBIC_AGENT_GUARD: "off" }), undefined);
    });
  }

  const nobody: readonly Readonly<Record<string, string>>[] = [
    {},
    { CI: "true" },
    { CI: "1", GITHUB_ACTIONS: "true", RUNNER_NAME: "agent-7" },
    { GITLAB_CI: "true", CI_AGENT: "x" },
    { TF_BUILD: "True", AGENT_NAME: "Azure Pipelines 2", AGENT_ID: "12" },
    { BUILDKITE: "true", BUILDKITE_AGENT_ID: "1", AGENT: "1" },
    { JENKINS_URL: "http://ci/", AGENT: "true", AI_AGENT: "pipeline" },
    { TEAMCITY_VERSION: "2026.1", AGENT: "linux-3" },
    { CURSOR_TRACE_ID: "abc", TERM_PROGRAM: "vscode" },
    { AGENT: "ssh" },
    { REPLIT_SESSION: "person-1" },
    { CLAUDECODE: "" },
    { CLAUDECODE: "0" },
    { CODEX_CI: "false" },
    { SSH_AGENT_PID: "1", SSH_AUTH_SOCK: "/tmp/a" },
  ];
  for (const variables of nobody) {
    it(`is none with ${JSON.stringify(variables)}`, () => {
      assert.equal(guardedAgent(variables), undefined);
    });
  }

  const off = { ALEMBIC_AGENT_GUARD: "off" };
  const claude = { CLAUDECODE: "1" };
  const guards: readonly (readonly [string, Readonly<Record<string, string>>[], string | undefined])[] = [
    [
      "counts where the agent was started with it",
      [{ ...claude, ...off }, { ...claude, ...off }, off],
      undefined,
    ],
    [
      "does not count where the agent's own script sets it",
      [{ ...claude, ...off }, claude, {}],
      "Claude Code",
    ],
    [
      "does not count where a program in between passes it on",
      [{ ...claude, ...off }, { ...claude, ...off }, claude],
      "Claude Code",
    ],
    ["counts where nothing is known of the programs above", [{ ...claude, ...off }], undefined],
    ["is not looked for above programs of nobody", [{ ...claude, ...off }, {}, claude], undefined],
    ["means nothing without an agent", [off, claude], undefined],
  ];
  for (const [name, [own = {}, ...above], expected] of guards) {
    it(`has a guard whose variable ${name}`, () => {
      assert.equal(guardedAgent(own, above), expected);
    });
  }
});
