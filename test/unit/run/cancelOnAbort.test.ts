import assert from "node:assert/strict";
import { cancelOnAbort } from "../../../src/run/cancelOnAbort";

describe("a run that is cancelled", () => {
  it("asks the server again where the first request came between two statements", async () => {
    const abort = new AbortController();
    let requests = 0;
    await new Promise<void>((resolve) => {
      const stop = cancelOnAbort(
        abort.signal,
        {
          cancel() {
            requests += 1;
            if (requests === 3) {
              stop();
              resolve();
            }
            return Promise.resolve();
          },
          isBusy: () => true,
        },
        1,
      );
      abort.abort();
    });
    assert.equal(requests, 3);
  });

  it("asks once where the server is not busy any more", async () => {
    const abort = new AbortController();
    let requests = 0;
    let looks = 0;
    await new Promise<void>((resolve) => {
      const stop = cancelOnAbort(
        abort.signal,
        {
          cancel() {
            requests += 1;
            return Promise.resolve();
          },
          isBusy() {
            looks += 1;
            if (looks === 2) {
              stop();
              resolve();
            }
            return false;
          },
        },
        1,
      );
      abort.abort();
    });
    assert.equal(requests, 1);
  });
});
