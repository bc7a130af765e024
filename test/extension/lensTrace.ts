import assert from "node:assert/strict";
import type * as vscode from "vscode";
import type { Inspection } from "../../src/extension/testing/inspection";
import { eventually } from "./editor";

/**
 * `told`: the editor is told that lenses have changed. It asks for those of a document, and is `given` them, or `deferred`
 * while a run is under way; then it asks for their words when it shows them, which is `shown`.
 */
type LensEvent = "told" | "given" | "deferred" | "shown";

/** What passes between the extension and the editor about the lenses of a document. */
export interface LensTrace {
  /** What has passed so far. */
  readonly events: readonly LensEvent[];
  /** What passes from an action's first notice until the editor has been given what came of the action, or shown it. */
  readonly during: (action: () => Thenable<unknown>) => Promise<readonly LensEvent[]>;
  readonly stop: () => void;
}

/** Listens to what passes about the lenses of a document, until `stop`. */
export function traceLenses(lenses: Inspection["lenses"], document: vscode.Uri): LensTrace {
  const events: LensEvent[] = [];
  const listener = lenses.onDidChangeCodeLenses(() => events.push("told"));
  const provide = lenses.provideCodeLenses.bind(lenses);
  const resolve = lenses.resolveCodeLens.bind(lenses);
  Object.assign(lenses, {
    provideCodeLenses: (asked: vscode.TextDocument) => {
      const found = provide(asked);
      if (asked.uri.toString() === document.toString()) {
        events.push(found.every(({ isResolved }) => isResolved) ? "given" : "deferred");
      }
      return found;
    },
    resolveCodeLens: (lens: vscode.CodeLens) => {
      events.push("shown");
      return resolve(lens);
    },
  });
  return {
    events,
    during: async (action) => {
      const start = events.length;
      await action();
      return eventually(() => {
        const passed = events.slice(start);
        assert.ok(isAnswered(passed), passed.join(", "));
        return passed.slice(passed.indexOf("told"));
      });
    },
    stop: () => {
      listener.dispose();
      Object.assign(lenses, { provideCodeLenses: provide, resolveCodeLens: resolve });
    },
  };
}

/** Whether the editor was told, and has since then got lenses with their words. */
function isAnswered(events: readonly LensEvent[]): boolean {
  const since = events.slice(events.lastIndexOf("told") + 1);
  const asked = since.findIndex((event) => event === "deferred");
  return (
    events.includes("told") && (since.includes("given") || (asked >= 0 && since.includes("shown", asked)))
  );
}

/** Nothing is told again of what the editor was given after a run, however slow it and the run are. */
export function assertNoNeedlessNotice(events: readonly LensEvent[]): void {
  assert.doesNotMatch(events.join(", "), /given, told/);
}
