import assert from "node:assert/strict";
import { RunTransaction } from "../../../src/run/transaction";
import { DatabaseError } from "../../../src/database/databaseError";

type Answer = { readonly resolve: () => void; readonly reject: (error: Error) => void };

/** A server that answers when the test says so, in the order of what was sent. */
interface FakeServer {
  readonly transaction: RunTransaction;
  /** What was sent, in its order. */
  readonly sent: readonly string[];
  /** Sends a text of the test's own. */
  statement(text: string): Promise<unknown>;
  /** Answers the next that has no answer yet; with an error it fails. */
  answer(error?: Error): Promise<void>;
}

function startServer(takesSeveral: boolean): FakeServer {
  const sent: string[] = [];
  const waiting: Answer[] = [];
  const statement = (text: string): Promise<{ rows: []; rowCount: 0 }> => {
    sent.push(text);
    return new Promise((resolve, reject) => {
      waiting.push({ resolve: () => resolve({ rows: [], rowCount: 0 }), reject });
    });
  };
  const session = {
    dialect: "postgresql",
    isOffline: false,
    run: statement,
    comment: () => undefined,
  } as const;
  return {
    transaction: new RunTransaction(session, { takesSeveral, serverVersion: 150_000 }),
    sent,
    statement,
    async answer(error) {
      const next = waiting.shift();
      assert.ok(next !== undefined, "Nothing waits for an answer.");
      if (error === undefined) {
        next.resolve();
      } else {
        next.reject(error);
      }
      await settled();
    },
  };
}

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function began(server: FakeServer): Promise<void> {
  const first = server.transaction.inside(() => server.statement("first"));
  await settled();
  await server.answer();
  await server.answer();
  await first;
}

const lost = (): DatabaseError => new DatabaseError("connection-lost", "The connection was lost.");

describe("the transaction of a run", () => {
  it("sends ahead while the server is busy, and waits before what is not to be sent so", async () => {
    const server = startServer(true);
    await began(server);
    await server.transaction.ahead(() => server.statement("a"));
    await server.transaction.ahead(() => server.statement("b"));
    const inside = server.transaction.inside(() => server.statement("c"));
    await settled();
    assert.deepEqual(server.sent, ["BEGIN", "first", "a", "b"]);
    await server.answer();
    await server.answer();
    assert.deepEqual(server.sent, ["BEGIN", "first", "a", "b", "c"]);
    await server.answer();
    await inside;
  });

  it("waits for each answer where the connection takes one statement at a time", async () => {
    const server = startServer(false);
    await began(server);
    let isSent = false;
    const ahead = server.transaction.ahead(() => server.statement("a")).then(() => (isSent = true));
    await settled();
    assert.equal(isSent, false);
    await server.answer();
    await ahead;
  });

  it("keeps no more than sixteen without an answer", async () => {
    const server = startServer(true);
    await began(server);
    for (let index = 0; index < 16; index += 1) {
      await server.transaction.ahead(() => server.statement(String(index)));
    }
    const next = server.transaction.ahead(() => server.statement("16"));
    await settled();
    assert.equal(server.sent.at(-1), "15");
    await server.answer();
    await next;
    assert.equal(server.sent.at(-1), "16");
  });

  it("fails with the first failure, whatever is heard of those behind it", async () => {
    const server = startServer(true);
    await began(server);
    const slow = async (): Promise<void> => {
      try {
        await server.statement("a");
      } catch (error) {
        await settled();
        throw error;
      }
    };
    await server.transaction.ahead(slow);
    await server.transaction.ahead(() => server.statement("b"));
    const answered = server.transaction.answered();
    answered.catch(() => undefined);
    const first = new Error("the first");
    await server.answer(first);
    await server.answer(new Error("because of the first"));
    await assert.rejects(answered, first);
    assert.deepEqual(server.transaction.failureAhead, { error: first });
    await assert.rejects(
      server.transaction.ahead(() => server.statement("c")),
      first,
    );
    assert.equal(server.sent.at(-1), "b");
  });

  it("sends its commit together with what is to be committed, and goes on in the next", async () => {
    const server = startServer(true);
    await began(server);
    const commit = server.transaction.commitTogether(() => server.statement("row"));
    await settled();
    assert.deepEqual(server.sent, ["BEGIN", "first", "row", "COMMIT AND CHAIN"]);
    await server.answer();
    await server.answer();
    await commit;
    assert.equal(server.transaction.isOpen, true);
  });

  it("fails with what made the server roll back instead of committing", async () => {
    const server = startServer(true);
    await began(server);
    const commit = server.transaction.commitTogether(() => server.statement("row"));
    commit.catch(() => undefined);
    await settled();
    const drift = new Error("drift");
    await server.answer(drift);
    await server.answer();
    await assert.rejects(commit, drift);
    assert.equal(
      server.transaction.isOpen,
      true,
      "The server has begun another, which is to be rolled back.",
    );
  });

  it("fails with the commit where the connection is lost before any answer", async () => {
    const server = startServer(true);
    await began(server);
    await server.transaction.ahead(() => server.statement("a"));
    const commit = server.transaction.commitTogether(() => server.statement("row"));
    commit.catch(() => undefined);
    await settled();
    const atCommit = lost();
    await server.answer(lost());
    await server.answer(lost());
    await server.answer(atCommit);
    await assert.rejects(commit, atCommit);
    assert.equal(server.transaction.failureAhead, undefined);
  });

  it("commits nothing behind a failure", async () => {
    const server = startServer(true);
    await began(server);
    await server.transaction.ahead(() => server.statement("a"));
    const commit = server.transaction.commit();
    commit.catch(() => undefined);
    await settled();
    const failure = new Error("refused");
    await server.answer(failure);
    await assert.rejects(commit, failure);
    assert.deepEqual(server.sent, ["BEGIN", "first", "a"]);
  });
});
