// How long a megabyte takes that is meant to hold up what reads it: at most 200 ms of the processor each, or this fails. Part of
// `npm run bench`.
import { require as requireTypeScript } from "tsx/cjs/api";

const { hostileReaders } = requireTypeScript("../test/unit/hostileReaders.ts", import.meta.url);
const longestMilliseconds = 200;

/** Of the processor: what else the machine does is no fault of the reader's. */
function timeOf(read, text) {
  const began = process.cpuUsage();
  read(text);
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

const missed = [];
for (const [name, texts, read] of hostileReaders) {
  const times = Object.entries(texts).map(([kind, text]) => [
    kind,
    Math.min(...[1, 2, 3].map(() => timeOf(read, text))),
  ]);
  const [kind, milliseconds] = times.sort((left, right) => right[1] - left[1])[0];
  const isMissed = milliseconds > longestMilliseconds;
  if (isMissed) {
    missed.push(name);
  }
  console.log(
    `${name}: at most ${milliseconds.toFixed(0)} ms, for ${kind}   goal ${longestMilliseconds} ms: ${isMissed ? "missed" : "met"}`,
  );
}
if (missed.length > 0) {
  console.error(`Missed its goal: ${missed.join(", ")}`);
  process.exitCode = 1;
}
