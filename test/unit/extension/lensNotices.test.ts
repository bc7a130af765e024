import assert from "node:assert/strict";
import { LensNotices } from "../../../src/extension/lens/lensNotices";

/** Notices on a clock that stands still, with the times at which the editor was told. */
function noticesOn(present: Map<string, string>) {
  const told: number[] = [];
  const run = { isUnderWay: false };
  let now = 0;
  let pending: { readonly at: number; readonly callback: () => void } | undefined;
  const notices = new LensNotices({
    tell: () => told.push(now),
    present: () => present,
    isUnderWay: () => run.isUnderWay,
    now: () => now,
    schedule: (callback, milliseconds) => {
      const timer = { at: now + milliseconds, callback };
      pending = timer;
      return {
        stop: () => {
          pending = pending === timer ? undefined : pending;
        },
      };
    },
  });
  const goTo = (time: number): void => {
    while (pending !== undefined && pending.at <= time) {
      const { at, callback } = pending;
      pending = undefined;
      now = at;
      callback();
    }
    now = time;
  };
  return { notices, told, goTo, run };
}

describe("notices of changed lenses", () => {
  const cases: readonly {
    readonly name: string;
    readonly act: (on: ReturnType<typeof noticesOn>, present: Map<string, string>) => void;
    readonly told: readonly number[];
  }[] = [
    {
      name: "are none where nothing differs",
      act: ({ notices, goTo }) => {
        notices.refresh();
        goTo(5000);
      },
      told: [],
    },
    {
      name: "are one for several changes before the editor asks",
      act: ({ notices, goTo }, present) => {
        present.set("a", "applied");
        notices.refresh();
        goTo(100);
        present.set("a", "current");
        notices.refresh();
        goTo(250);
        notices.noteGiven("a", "current");
        goTo(5000);
      },
      told: [0],
    },
    {
      name: "are one, at the beginning, for a run that ends before the editor asks",
      act: ({ notices, goTo }, present) => {
        notices.announce();
        goTo(200);
        present.set("a", "applied");
        notices.refresh();
        goTo(250);
        notices.noteAsked("a");
        goTo(600);
        notices.noteGiven("a", "applied");
        goTo(5000);
      },
      told: [0],
    },
    {
      name: "come each time that the editor asks for words while a run is under way, and not after its end",
      act: ({ notices, goTo, run }, present) => {
        run.isUnderWay = true;
        notices.announce();
        for (const time of [500, 1000]) {
          goTo(time - 250);
          notices.noteAsked("a");
          goTo(time);
          notices.noteGiven("a", "pending");
          notices.announce();
        }
        goTo(1100);
        run.isUnderWay = false;
        present.set("a", "applied");
        notices.refresh();
        notices.noteShown("a", "applied");
        goTo(1250);
        notices.noteGiven("a", "applied");
        goTo(9000);
      },
      told: [0, 500, 1000],
    },
    {
      name: "are repeated while a run is under way where the editor does not ask",
      act: ({ notices, goTo, run }) => {
        run.isUnderWay = true;
        notices.announce();
        goTo(9000);
      },
      told: [0, 400, 800],
    },
    {
      name: "come again at the end of a run that takes longer",
      act: ({ notices, goTo }, present) => {
        notices.announce();
        goTo(250);
        notices.noteGiven("a", "pending");
        goTo(3000);
        present.set("a", "applied");
        notices.refresh();
        goTo(3250);
        notices.noteGiven("a", "applied");
        goTo(9000);
      },
      told: [0, 3000],
    },
    {
      name: "are repeated, not for ever, where the editor does not ask",
      act: ({ notices, goTo }, present) => {
        present.set("a", "applied");
        notices.refresh();
        goTo(9000);
      },
      told: [0, 400, 800],
    },
    {
      name: "are repeated later where the editor was slow before",
      act: ({ notices, goTo }, present) => {
        present.set("a", "applied");
        notices.refresh();
        goTo(390);
        notices.noteGiven("a", "applied");
        present.set("a", "current");
        notices.refresh();
        goTo(390 + 585);
        notices.noteGiven("a", "current");
        goTo(9000);
      },
      told: [0, 390, 975],
    },
    {
      name: "leave out what has not been shown",
      act: ({ notices, goTo }, present) => {
        present.set("b", "pending");
        notices.refresh();
        goTo(9000);
      },
      told: [],
    },
  ];
  for (const { name, act, told } of cases) {
    it(name, () => {
      const present = new Map([["a", "pending"]]);
      const on = noticesOn(present);
      on.notices.noteGiven("a", "pending");
      act(on, present);
      assert.deepEqual(on.told, told);
    });
  }
});
