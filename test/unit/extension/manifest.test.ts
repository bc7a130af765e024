import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { agentTools } from "../../../src/agentTools/toolTable";
import {
  commandIds,
  contextKeys,
  graphViewType,
  mcpProviderId,
  settingDefaults,
  settingsSection,
  taskType,
  viewContainerId,
  viewIds,
  walkthroughSteps,
} from "../../../src/extension/contributions";

const root = join(__dirname, "../../..");

interface MenuItem {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}

interface Manifest {
  readonly main: string;
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
      readonly enablement?: string;
    }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly viewsContainers: {
      readonly activitybar: readonly { readonly id: string; readonly icon: string }[];
    };
    readonly configuration: {
      readonly properties: Readonly<Record<string, { readonly default: unknown }>>;
    };
    readonly grammars: readonly { readonly path: string }[];
    readonly snippets: readonly { readonly path: string }[];
    readonly taskDefinitions: readonly { readonly type: string }[];
    readonly mcpServerDefinitionProviders: readonly { readonly id: string }[];
    readonly languageModelTools: readonly { readonly name: string }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly {
        readonly id: string;
        readonly media: { readonly svg: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
  };
}

const manifestText = readFileSync(join(root, "package.json"), "utf8");
const manifest = JSON.parse(manifestText) as Manifest;
const { contributes } = manifest;
const strings = JSON.parse(readFileSync(join(root, "package.nls.json"), "utf8")) as Record<string, string>;

const extensionFolder = join(root, "src/extension");

/** The ids that the code names to offer a command: everywhere but in the table of commands and where one is registered. */
function offeredCommands(): ReadonlySet<string> {
  const ids = new Map<string, string>(Object.entries(commandIds));
  const offered = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (
      ts.isPropertyAccessExpression(node) &&
      ts.isIdentifier(node.expression) &&
      node.expression.text === "commandIds" &&
      !isRegistration(node.parent)
    ) {
      offered.add(ids.get(node.name.text) ?? "");
    }
    ts.forEachChild(node, visit);
  };
  for (const file of readdirSync(extensionFolder, { recursive: true, encoding: "utf8" })) {
    if (file.endsWith(".ts") && dirname(file) !== "commands") {
      const text = readFileSync(join(extensionFolder, file), "utf8");
      visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
    }
  }
  return offered;
}

function isRegistration(node: ts.Node): boolean {
  return (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === "registerCommand"
  );
}

const sorted = (values: Iterable<string>): string[] => [...values].sort();

describe("the manifest and the code", () => {
  it("have the same commands", () => {
    assert.deepEqual(
      sorted(contributes.commands.map(({ command }) => command)),
      sorted(Object.values(commandIds)),
    );
  });

  it("have the same settings, with the same defaults", () => {
    const inCode = Object.entries(settingDefaults).map(([name, value]) => [
      `${settingsSection}.${name}`,
      value,
    ]);
    const inManifest = Object.entries(contributes.configuration.properties).map(([name, value]) => [
      name,
      value.default,
    ]);
    assert.deepEqual(Object.fromEntries(inManifest), Object.fromEntries(inCode));
  });

  it("have the same views", () => {
    assert.deepEqual(
      contributes.viewsContainers.activitybar.map(({ id }) => id),
      [viewContainerId],
    );
    assert.deepEqual(
      (contributes.views[viewContainerId] ?? []).map(({ id }) => id),
      Object.values(viewIds),
    );
  });

  it("have the same tasks, tools and MCP servers", () => {
    assert.deepEqual(
      contributes.taskDefinitions.map(({ type }) => type),
      [taskType],
    );
    assert.deepEqual(
      contributes.mcpServerDefinitionProviders.map(({ id }) => id),
      [mcpProviderId],
    );
    assert.deepEqual(
      sorted(contributes.languageModelTools.map(({ name }) => name)),
      sorted(agentTools.map(({ name }) => `alembic_${name}`)),
    );
  });

  it("have the same context keys", () => {
    const known = new Set<string>([...Object.values(commandIds), ...Object.values(viewIds), graphViewType]);
    const settings = Object.keys(contributes.configuration.properties);
    const whens = [...manifestText.matchAll(/"(?:when|enablement)": "([^"]*)"/g)].map(
      (match) => match[1] ?? "",
    );
    const used = new Set(whens.flatMap((when) => when.match(/\balembic\.[\w.]+/g) ?? []));
    const unknown = [...used].filter(
      (key) =>
        !known.has(key) && !settings.includes(key) && !Object.values<string>(contextKeys).includes(key),
    );
    const awaited = new Set(
      contributes.walkthroughs.flatMap(({ steps }) =>
        steps.flatMap(({ completionEvents }) =>
          completionEvents.flatMap((event) => event.replace("onContext:", "").split(" && ")),
        ),
      ),
    );
    const unused = Object.values(contextKeys).filter((key) => !used.has(key) && !awaited.has(key));
    assert.deepEqual({ unknown, unused }, { unknown: [], unused: [] });
  });
});

describe("each command", () => {
  for (const { command, category, enablement } of contributes.commands) {
    it(`${command} has a category and an enablement, and the palette decides on it`, () => {
      assert.equal(category, "Alembic");
      assert.ok(enablement);
      const inPalette = contributes.menus["commandPalette"]?.filter((item) => item.command === command);
      assert.equal(inPalette?.length, 1);
    });
  }

  it("is in the palette or another menu, or offered by the code", () => {
    const shown = Object.values(contributes.menus).flatMap((items) =>
      items.filter(({ when }) => when !== "false").map(({ command }) => command),
    );
    const reachable = new Set([...shown, ...offeredCommands()]);
    assert.deepEqual(
      contributes.commands.map(({ command }) => command).filter((command) => !reachable.has(command)),
      [],
    );
  });
});

describe("rows of the tree", () => {
  // The editor draws all rows anew when a key of their menus changes, and fails at those that a refresh took away.
  it("have menus and commands whose context keys do not change with the revisions", () => {
    const items = contributes.menus["view/item/context"] ?? [];
    const commands = contributes.commands.filter(({ command }) =>
      items.some((item) => item.command === command),
    );
    const clauses = [...items.map(({ when }) => when), ...commands.map(({ enablement }) => enablement)];
    const used = clauses.flatMap((clause) => clause?.match(/\balembic\.[\w.]+/g) ?? []);
    assert.deepEqual(sorted(new Set(used)), sorted([contextKeys.hasProject, viewIds.revisions]));
  });

  it("have the menus of the graph's rows, which also open a revision", () => {
    const ofTree = (contributes.menus["view/item/context"] ?? []).filter(
      ({ command, group, when }) =>
        !(group?.startsWith("inline") ?? false) &&
        command !== commandIds.openRevision &&
        /viewItem =~ .*(?:revision|pending|applied|mergeable)/.test(when ?? ""),
    );
    const ofGraph = contributes.menus["webview/context"] ?? [];
    assert.deepEqual(ofGraph, [
      {
        command: commandIds.openRevision,
        when: "webviewId == alembic.graph && webviewSection == revision",
        group: "0_open@1",
      },
      ...ofTree.map(({ command, when, group }) => ({
        command,
        when: when
          ?.replace(" && !listMultiSelection", "")
          .replace("view == alembic.revisions", "webviewId == alembic.graph && webviewSection == revision")
          .replace("viewItem", "alembicRow"),
        group,
      })),
    ]);
  });

  it("have at most two inline actions in any state", () => {
    const inline = (contributes.menus["view/item/context"] ?? []).filter(({ group }) =>
      group?.startsWith("inline"),
    );
    const states = ["unknown", "pending", "applied", "current;applied"].flatMap((state) =>
      ["", ";head", ";base;branch", ";merge"].map((place) => `revision;${state}${place}`),
    );
    for (const value of states) {
      const shown = inline.filter(({ when }) => {
        const pattern = /viewItem =~ \/(.*?)\/(?: |$)/.exec(when ?? "")?.[1];
        return pattern !== undefined && new RegExp(pattern).test(value);
      });
      assert.equal(shown.length, 2, value);
    }
  });
});

describe("the manifest's strings", () => {
  it("are all there and all used", () => {
    const used = new Set([...manifestText.matchAll(/"%([^%"]+)%"/g)].map((match) => match[1] ?? ""));
    assert.deepEqual(sorted(used), sorted(Object.keys(strings)));
  });

  it("name files that exist", () => {
    const files = [
      manifest.icon,
      ...contributes.viewsContainers.activitybar.map(({ icon }) => icon),
      ...Object.values(contributes.views)
        .flat()
        .map(({ icon }) => icon),
      ...[...contributes.grammars, ...contributes.snippets].map(({ path }) => path),
      ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg)),
    ];
    assert.deepEqual(
      files.filter((file) => !existsSync(join(root, file))),
      [],
    );
  });
});

describe("activation", () => {
  it("is by configuration files at fixed depths, and by a page that the editor brings back", () => {
    const others = manifest.activationEvents.filter(
      (event) =>
        (event !== `onWebviewPanel:${graphViewType}` &&
          !/^workspaceContains:(?:[\w*]+\/){0,2}[\w.{},]+$/.test(event)) ||
        event.includes("**"),
    );
    assert.deepEqual(others, []);
  });
});

describe("the walkthrough", () => {
  // By what is so, and not by a command, which may have been cancelled.
  it("completes each step by the state that the extension ticks it by", () => {
    const completed = contributes.walkthroughs.flatMap(({ steps }) =>
      steps.map(({ id, completionEvents }) => [id, completionEvents] as const),
    );
    assert.deepEqual(
      completed,
      walkthroughSteps.map(({ step, doneIf }) => [step, [`onContext:${doneIf}`]]),
    );
  });
});
