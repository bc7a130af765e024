import assert from "node:assert/strict";
import type { CommandEvent } from "../../../src/context/events";
import { createReportGate } from "../../../src/run/reportGate";

function log(message: string): CommandEvent {
  return { kind: "log", level: "info", message };
}

interface Answer {
  readonly answered: Promise<void>;
  resolve(): Promise<void>;
  reject(): Promise<void>;
}

function makeAnswer(): Answer {
  let settle: { readonly resolve: () => void; readonly reject: (error: Error) => void } | undefined;
  const answered = new Promise<void>((resolve, reject) => (settle = { resolve, reject }));
  answered.catch(() => undefined);
  const heard = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    answered,
    resolve: () => (settle?.resolve(), heard()),
    reject: () => (settle?.reject(new Error("refused")), heard()),
  };
}

describe("what is reported of steps that run before those ahead of them are answered", () => {
  it("comes when those are, in its order", async () => {
    const seen: string[] = [];
    const gate = createReportGate((event) => seen.push(event.kind === "log" ? event.message : event.kind));
    const [first, second] = [makeAnswer(), makeAnswer()];
    gate.report(log("1"));
    gate.endStep(first.answered, () => log("end of 1"));
    gate.report(log("2"));
    gate.endStep(second.answered, () => log("end of 2"));
    gate.report(log("3"));
    assert.deepEqual(seen, ["1"]);
    await first.resolve();
    assert.deepEqual(seen, ["1", "end of 1", "2"]);
    gate.report(log("more of 3"));
    await second.resolve();
    assert.deepEqual(seen, ["1", "end of 1", "2", "end of 2", "3", "more of 3"]);
    gate.report(log("4"));
    assert.equal(seen.at(-1), "4");
  });

  it("is not told where one of those fails", async () => {
    const seen: string[] = [];
    const gate = createReportGate((event) => seen.push(event.kind === "log" ? event.message : event.kind));
    const first = makeAnswer();
    gate.endStep(first.answered, () => log("end of 1"));
    gate.report(log("2"));
    await first.reject();
    gate.report(log("rolled back"));
    assert.deepEqual(seen, ["rolled back"]);
  });
});
