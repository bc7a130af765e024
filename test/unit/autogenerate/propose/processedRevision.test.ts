import assert from "node:assert/strict";
import { processedRevision, requireWritable } from "../../../../src/autogenerate/propose/processedRevision";
import type { Operation } from "../../../../src/operations/operation";
import type { ProcessRevisionDirectives, RevisionDirective } from "../../../../src/project/alembicConfig";
import { ConfigError } from "../../../../src/project/errors";
import type { ProjectConfig } from "../../../../src/project/projectConfig";

const surroundings = { isAutogenerate: true, downRevisions: ["a1"] };

function proposed(): RevisionDirective {
  return {
    message: "drop the shop",
    revision: "b2",
    upgradeOperations: [{ kind: "dropTable", table: "shop" }],
    downgradeOperations: [],
  };
}

/** A hook as plain JavaScript has it, where no compiler looks at what it does. */
type Hook = (directives: unknown[], directive: Record<string, unknown[]>) => unknown;

function processed(hook: Hook | undefined): Promise<RevisionDirective | undefined> {
  const processRevisionDirectives =
    hook &&
    (((_context, directives) => hook(directives, directives[0] as never)) as ProcessRevisionDirectives);
  const config = {
    hooks: { processRevisionDirectives } as ProjectConfig["hooks"],
    configPath: "/project/alembic.config.js",
    namingConvention: {},
  };
  return processedRevision(config, surroundings, proposed());
}

const typed =
  'Declare the operation as `const operation: Operation = { kind: … }` (`import type { Operation } from "alembic-ts"`), so that TypeScript checks it.';

const refused: readonly (readonly [title: string, hook: Hook, found: string, hint: string])[] = [
  [
    "a second revision",
    (directives, directive) => directives.push({ ...directive }),
    "left more than one revision",
    "Change the one that it is given, or empty the list to write none.",
  ],
  [
    "a message that is a number",
    (_, directive) => Object.assign(directive, { message: 5 }),
    "left a revision whose message is not a string",
    "Set `message` to a string.",
  ],
  [
    "something else in the revision's place",
    (directives) => directives.splice(0, 1, null),
    "left a revision whose message is not a string",
    "Set `message` to a string.",
  ],
  [
    "no list of operations",
    (_, directive) => delete directive["downgradeOperations"],
    "left downgradeOperations that are not an array",
    "Change downgradeOperations in place, or set an array of operations.",
  ],
  [
    "a misspelled kind",
    (_, { upgradeOperations }) => upgradeOperations?.push({ kind: "createTabel", table: "shop" }),
    'left an operation that can\'t be written: `{"kind":"createTabel","table":"shop"}` has no known kind',
    typed,
  ],
  [
    "a kind that every object has",
    (_, { upgradeOperations }) => upgradeOperations?.push({ kind: "constructor" }),
    'left an operation that can\'t be written: `{"kind":"constructor"}` has no known kind',
    typed,
  ],
  [
    "nothing among the operations",
    (_, { downgradeOperations }) => downgradeOperations?.push(undefined),
    "left an operation that can't be written: `undefined` has no known kind",
    typed,
  ],
  [
    "a column without its definition",
    (_, { upgradeOperations }) => upgradeOperations?.push({ kind: "addColumn", table: "shop" }),
    "left an operation that can't be written: addColumn lacks something, or has something of another type (Cannot destructure property 'generated' of 'column' as it is undefined)",
    typed,
  ],
];

describe("processRevisionDirectives", () => {
  for (const [title, hook, found, hint] of refused) {
    it(`may not leave ${title}`, async () => {
      await assert.rejects(processed(hook), (error) => {
        assert.ok(error instanceof ConfigError);
        assert.deepEqual(
          { code: error.code, message: error.message, hint: error.hint, file: error.file },
          {
            code: "hook-failed",
            message: `The config's processRevisionDirectives ${found}.`,
            hint,
            file: "/project/alembic.config.js",
          },
        );
        return true;
      });
    });
  }

  it("takes the revision away by emptying the list", async () => {
    assert.equal(await processed((directives) => directives.splice(0)), undefined);
  });

  it("changes the message and the operations", async () => {
    const enable: Operation = { kind: "createExtension", name: "pg_trgm", ifNotExists: true };
    const left = await processed((_, directive) =>
      Object.assign(directive, { message: "search", upgradeOperations: [enable] }),
    );
    assert.deepEqual(left, { ...proposed(), message: "search", upgradeOperations: [enable] });
  });

  it("may leave to renderItem what only that can write, but not nothing", async () => {
    const config = {
      hooks: {
        processRevisionDirectives: ((_context, [directive]) => {
          directive?.upgradeOperations.push({ kind: "audit" } as never);
        }) as ProcessRevisionDirectives,
        renderItem: () => "await audit();",
      } as unknown as ProjectConfig["hooks"],
      configPath: "/project/alembic.config.js",
      namingConvention: {},
    };
    const left = await processedRevision(config, surroundings, proposed());
    assert.deepEqual(left?.upgradeOperations.at(-1), { kind: "audit" });
    assert.throws(() => requireWritable(config, { kind: "audit" } as never), {
      message:
        'The config\'s processRevisionDirectives left an operation that can\'t be written: `{"kind":"audit"}` has no known kind.',
    });
  });

  it("is not needed", async () => {
    assert.deepEqual(await processed(undefined), proposed());
  });
});
