import assert from "node:assert/strict";

describe("a program that is watched for a hang", () => {
  it("has its time again when it prints, and is ended where nothing follows", async () => {
    const { startWatched } = await import("../../../scripts/startWatched.mjs");
    const waits: number[] = [];
    const program = `console.log("one"); setInterval(() => undefined, 1000);`;
    const { code, output } = await startWatched(process.execPath, ["-e", program], {
      minutes: 2,
      whole: true,
      setTimer(end, milliseconds) {
        waits.push(milliseconds);
        return {
          refresh() {
            waits.push(milliseconds);
            end();
          },
        };
      },
    });
    assert.deepEqual({ code, output, waits }, { code: 1, output: "one\n", waits: [120_000, 120_000] });
  });
});
