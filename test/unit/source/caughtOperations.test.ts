import assert from "node:assert/strict";
import { fixesFor } from "../../../src/extension/quickFixes/fixes";
import { chainDiagnostics } from "../../../src/source/chainDiagnostics";
import { parseRevisionFile } from "../../../src/source/parseRevisionFile";
import { RevisionIndex } from "../../../src/source/revisionIndex";
import { applyEdits } from "../../../src/source/textEdit";
import { processorMilliseconds } from "../../support/processorTime";

const header = 'export const revision = "a";\nexport const down_revision = null;\n';
const downgrade = '\nexport async function downgrade() {\n  throw new Error("no");\n}\n';

function revisionWith(body: string, more = ""): string {
  return `${header}${more}export async function upgrade({ op, connection, context }) {\n${body}\n}${downgrade}`;
}

/** What is marked, as `line of the body: operation`. */
function marked(text: string): readonly string[] {
  const first = text.slice(0, text.indexOf("{ op")).split("\n").length;
  return (parseRevisionFile(text, "a.ts").caughtOperations ?? []).map(({ operation, range }) => {
    assert.equal(text.slice(range.start, range.end), "catch");
    return `${String(text.slice(0, range.start).split("\n").length - first)}: ${operation}`;
  });
}

/** The text after the quick fix; undefined where there is none. */
function repaired(text: string): string | undefined {
  const index = new RevisionIndex();
  const parsed = parseRevisionFile(text, "a.ts");
  index.setFile("a.ts", text, parsed);
  const problem = [...chainDiagnostics(index, new Map([["a.ts", parsed]])).values()]
    .flat()
    .find(({ code }) => code === "caught-operation");
  assert.ok(problem && parsed.kind === "revision");
  const source = { path: "a.ts", text, header: parsed.header };
  const [fix] = fixesFor(problem, { ...source, files: [source], graph: index.graph, newId: () => "b" });
  return fix && applyEdits(text, fix.edits.get("a.ts") ?? []);
}

describe("a catch around an operation", () => {
  const cases: readonly {
    readonly name: string;
    readonly body: string;
    readonly marks: readonly string[];
  }[] = [
    { name: "swallows", body: "try { await op.dropTable('t'); } catch {}", marks: ["1: op.dropTable"] },
    {
      name: "is marked once, for the first operation",
      body: "try {\nawait op.dropTable('t');\nop.execute('x');\n} catch (e) {\ncontext.log(e);\n}",
      marks: ["4: op.dropTable"],
    },
    {
      name: "is marked though all was waited for",
      body: "try { await op.dropTable('t'); await op.flush(); } catch {}",
      marks: ["1: op.dropTable"],
    },
    { name: "of a promise", body: "await op.dropTable('t').catch(() => {});", marks: ["1: op.dropTable"] },
    {
      name: "of a promise, after others and over lines",
      body: "await op\n.dropTable('t')\n.then(() => 1)\n.catch(ignore);",
      marks: ["4: op.dropTable"],
    },
    {
      name: "of several promises",
      body: "await Promise.all(names.map((name) => op.dropTable(name))).catch(() => {});",
      marks: ["1: op.dropTable"],
    },
    {
      name: "around what is called there",
      body: "try {\nfor (const n of names) { if (n) { await op.dropTable(n); } }\n} catch {}\ntry { await (async () => { await op.execute('x'); })(); } catch {}",
      marks: ["3: op.dropTable", "4: op.execute"],
    },
    {
      name: "within a batch, and around one",
      body: "await op.batchAlterTable('t', async (batch) => {\ntry { await batch.dropColumn('c'); } catch {}\n});\ntry { await op.batchAlterTable('t', async (b) => { await b.dropColumn('c'); }); } catch {}",
      marks: ["2: batch.dropColumn", "4: op.batchAlterTable"],
    },
    {
      name: "that throws only some errors",
      body: "try { await op.dropTable('t'); } catch (e) { if (e.code !== '42P01') throw e; }\ntry { await op.dropTable('t'); } catch (e) { if (e.code === '42P01') return; throw e; }",
      marks: ["1: op.dropTable", "2: op.dropTable"],
    },
    {
      name: "around one that throws again",
      body: "try {\ntry { await op.dropTable('t'); } catch (e) { throw e; }\n} catch {}",
      marks: ["3: op.dropTable"],
    },
    {
      name: "around one that swallows: the inner one",
      body: "try {\ntry { await op.dropTable('t'); } catch {}\n} catch {}",
      marks: ["2: op.dropTable"],
    },
    {
      name: "by other names of op",
      body: "const { op: operations } = context;\ntry { await context.op.dropTable('t'); } catch {}\ntry { await operations.dropTable('t'); } catch {}",
      marks: ["2: op.dropTable", "3: op.dropTable"],
    },
    {
      name: "that throws again",
      body: "try { await op.dropTable('t'); } catch (e) { context.log(e); throw e; }\ntry { await op.dropTable('t'); } catch (e) { for (const a of b) { if (a) continue; } if (a) { throw e; } else { throw new Error('x', { cause: e }); } }\nawait op.dropTable('t').catch((e) => { throw e; });",
      marks: [],
    },
    { name: "without a catch", body: "try { await op.dropTable('t'); } finally { done(); }", marks: [] },
    {
      name: "whose operation is in its catch or finally",
      body: "try { await work(); } catch { await op.dropTable('t'); } finally { await op.execute('x'); }",
      marks: [],
    },
    {
      name: "inside and around op.try",
      body: "await op.try(async () => { try { await op.dropTable('t'); } catch {} });\ntry { await op.try(async () => { await op.dropTable('t'); }); } catch {}\nawait op.try(() => op.dropTable('t')).catch(() => {});",
      marks: [],
    },
    {
      name: "around what is no operation",
      body: "try { await connection.query('SELECT 1'); op.f('x'); await other.dropTable('t'); } catch {}\nfor (const op of others) { try { await op.run(); } catch {} }",
      marks: [],
    },
    {
      name: "around a function that is called elsewhere",
      body: "let later;\ntry { later = async () => { await op.dropTable('t'); }; } catch {}\nawait later();",
      marks: [],
    },
  ];
  for (const { name, body, marks } of cases) {
    it(`${name}: ${marks.length === 0 ? "not marked" : "marked"}`, () => {
      assert.deepEqual(marked(revisionWith(body)), marks);
    });
  }

  it("is found beside what does not parse, and not in files that are no revisions", () => {
    const body = "try { await op.dropTable('t'); } catch {}";
    assert.deepEqual(marked(revisionWith(`${body}\nconst x = 1;\nconst x = 2;`)), ["1: op.dropTable"]);
    assert.equal(
      parseRevisionFile(revisionWith(body).slice(header.length), "a.ts").caughtOperations,
      undefined,
    );
  });

  it("is looked for in bounded time, however odd the text", () => {
    const texts = [
      revisionWith(`try { x${".a()".repeat(50_000)}; } catch {}`),
      revisionWith("try { console.log(1); } catch {}\n".repeat(10_000)),
      revisionWith("try { await op.dropTable('t'); } catch {}\n".repeat(5000)),
    ];
    for (const text of texts) {
      const before = processorMilliseconds();
      parseRevisionFile(text, "a.ts");
      assert.ok(processorMilliseconds() - before < 5000, text.slice(0, 200));
    }
  });
});

describe("the quick fix of a catch around an operation", () => {
  const cases: readonly {
    readonly name: string;
    readonly body: string;
    readonly fixed: string | undefined;
  }[] = [
    {
      name: "calls the operation in op.try",
      body: '  try {\n    await op.execute("CREATE EXTENSION x");\n  } catch {}',
      fixed: '  await op.try(async () => {\n    await op.execute("CREATE EXTENSION x");\n  });',
    },
    {
      name: "keeps the comments",
      body: "  try {\n    // First.\n    await op.dropTable('t');\n  } catch (error: unknown) {\n    // It may be gone.\n  }",
      fixed:
        "  await op.try(async () => {\n    // First.\n    await op.dropTable('t');\n    // It may be gone.\n  });",
    },
    {
      name: "names op as the file does",
      body: "try { await context.op.dropTable('t'); } catch (e) { }",
      fixed: "await context.op.try(async () => { await context.op.dropTable('t'); });",
    },
    {
      name: "leaves a comment on the line alone",
      body: "try { await op.dropTable('t'); } catch { /* gone */ }",
      fixed: undefined,
    },
    {
      name: "leaves a catch that does something",
      body: "try { await op.dropTable('t'); } catch (e) { context.log(e); }",
      fixed: undefined,
    },
    {
      name: "leaves several statements",
      body: "try { await op.dropTable('t'); await op.dropTable('u'); } catch {}",
      fixed: undefined,
    },
    {
      name: "leaves a finally",
      body: "try { await op.dropTable('t'); } catch {} finally { done(); }",
      fixed: undefined,
    },
    { name: "leaves a promise's catch", body: "await op.dropTable('t').catch(() => {});", fixed: undefined },
  ];
  for (const { name, body, fixed } of cases) {
    it(name, () => {
      assert.equal(repaired(revisionWith(body)), fixed === undefined ? undefined : revisionWith(fixed));
    });
  }

  it("is not offered without a transaction, which has no savepoints", () => {
    const body = "try { await op.dropTable('t'); } catch {}";
    assert.equal(repaired(revisionWith(body, "export const transaction = false;\n")), undefined);
  });
});
