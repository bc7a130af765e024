import assert from "node:assert/strict";
import type { EditorSession } from "../../host/editorSession.mjs" with { "resolution-mode": "import" };
import { crowding } from "../../support/crowding";
import { startPostgres, type PostgresServer } from "../../support/postgresServer";
import { makeExample, openWith, Window, withPicture } from "./flowSession";

/**
 * How long after a run has ended the lenses may say what was before it, in milliseconds, on a machine with nothing else to do;
 * in the median of several runs.
 */
const wanted = 500;

/** Written by the page: when its texts last became others. */
interface Noted {
  readonly lenses: number;
  readonly ended: number;
}

/** How long the lenses were wrong, and how crowded the machine was then. */
interface Lag {
  readonly milliseconds: number;
  readonly crowding: number;
}

/** Run in the page: notes when the lenses change, and when the status bar says that a run has ended. */
const watchChanges = `(() => {
  const noted = { lenses: 0, ended: 0 };
  const textOf = (selector) => [...document.querySelectorAll(selector)].map((each) => each.textContent).join("|");
  const state = () => [
    textOf(".codelens-decoration"),
    /(?:Applied|Reverted) revisions/.exec(textOf(".statusbar-item"))?.[0] ?? "",
  ];
  let known = state();
  new MutationObserver(() => {
    const [lenses, outcome] = state();
    noted.lenses = lenses === known[0] ? noted.lenses : performance.now();
    noted.ended = outcome === known[1] || outcome === "" ? noted.ended : performance.now();
    known = [lenses, outcome];
  }).observe(document, { childList: true, subtree: true, characterData: true });
  globalThis.noted = noted;
})()`;

describe("lenses after a run, whatever has the focus", function () {
  this.timeout(600_000);
  let server: PostgresServer;
  let example: ReturnType<typeof makeExample>;
  let session: EditorSession;
  let shown: Window;

  before(async () => {
    server = await startPostgres();
    example = makeExample(await server.createDatabase());
    session = await openWith(example.folder, { settings: { "workbench.startupEditor": "none" } });
    shown = new Window(session.page);
    await session.page.locator('.activitybar [aria-label^="Alembic"]').first().click();
    await shown.row("Add full-text search to content").click();
    await shown.shows(shown.lens("Preview SQL"));
    await shown.palette("Alembic: Upgrade to Head");
    await shown.shows(shown.lens("Current"));
  });
  after(async () => {
    await session.close();
    example.remove();
    await server.stop();
  });

  /** Reverts the newest revision and runs it again by its lens; gives how long the lenses were wrong each time. */
  async function measure(focus: () => Promise<void>): Promise<readonly Lag[]> {
    const { page } = session;
    const lags: Lag[] = [];
    const lagOf = async (lens: string): Promise<void> => {
      await shown.shows(shown.lens(lens));
      const { lenses, ended } = await page.evaluate(() => Reflect.get(globalThis, "noted") as Noted);
      lags.push({ milliseconds: Math.round(lenses - ended), crowding: crowding() });
    };
    await shown.palette("Alembic: Downgrade by One");
    const dialog = page.locator(".monaco-dialog-box");
    await shown.shows(dialog);
    await page.evaluate(watchChanges);
    await dialog.locator(".monaco-button").filter({ hasText: "Downgrade" }).first().click();
    await lagOf("Not applied");
    await page.waitForTimeout(7000);
    await page.evaluate(watchChanges);
    await shown.lens("Upgrade to here").click();
    await focus();
    await lagOf("Current");
    await page.waitForTimeout(7000);
    return lags;
  }

  const places: Readonly<Record<string, () => Promise<void>>> = {
    "the text": () => Promise.resolve(),
    "the view": () => shown.row("Add email_verified column to users").press("Home"),
    "the menu of commands": () => session.page.keyboard.press("F1"),
  };
  for (const [place, focus] of Object.entries(places)) {
    it(`are right within half a second with the focus in ${place}`, () =>
      withPicture(session.page, "lenses", async () => {
        await focus();
        await session.page.keyboard.press("Escape");
        const lags = [await measure(focus), await measure(focus), await measure(focus)].flat();
        const told = `${lags.map(({ milliseconds }) => milliseconds).join(", ")}, in a crowd of ${median(
          lags.map((lag) => lag.crowding),
        ).toFixed(1)}`;
        console.log(`      milliseconds after the end: ${told}`);
        assert.ok(median(lags.map((lag) => lag.milliseconds / lag.crowding)) <= wanted, told);
      }));
  }
});

function median(numbers: readonly number[]): number {
  return numbers.toSorted((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? 0;
}
