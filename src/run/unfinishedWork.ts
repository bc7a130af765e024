import { setTimeout as delay } from "node:timers/promises";

/** What a function may leave going on when it returns: timers, files, processes, connections that are being made. */
const awaitedKinds = new Set([
  "Timeout",
  "Immediate",
  "FSReqCallback",
  "FSReqPromise",
  "CloseReq",
  "GetAddrInfoReqWrap",
  "GetNameInfoReqWrap",
  "QueryReqWrap",
  "TCPConnectWrap",
  "PipeConnectWrap",
  "ProcessWrap",
  "Zlib",
]);

const patienceMilliseconds = 5_000;
const pollMilliseconds = 5;

type Counts = ReadonlyMap<string, number>;

/** What goes on in this process now, by its kind; what would not keep it alive is left out. */
export function workInProgress(): Counts {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) {
    if (awaitedKinds.has(kind)) {
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
  }
  return counts;
}

/**
 * Waits for what has begun since `before` and is not over: it may yet call an operation. Bounded, since a timer may be
 * there only to give up on something.
 * @param isEnough asked again and again; true: nothing has to be waited for any more
 */
export async function untilWorkIsDone(before: Counts, isEnough: () => boolean): Promise<void> {
  const deadline = Date.now() + patienceMilliseconds;
  while (!isEnough() && Date.now() < deadline && isMore(workInProgress(), before)) {
    await delay(pollMilliseconds);
  }
}

/** Files are read in short steps, and what was read before has long ended: of them, any that is there is new. */
function isMore(now: Counts, before: Counts): boolean {
  return [...now].some(
    ([kind, count]) => count > (/^(?:FS|CloseReq)/.test(kind) ? 0 : (before.get(kind) ?? 0)),
  );
}
