// How long a megabyte takes that is meant to hold up what reads it: each should stay below 200 ms. Part of `npm run bench`.
import { require as requireTypeScript } from "tsx/cjs/api";

const { hostileReaders } = requireTypeScript("../test/unit/hostileReaders.ts", import.meta.url);
const longestMilliseconds = 200;

function timeOf(read, text) {
  const began = performance.now();
  read(text);
  return performance.now() - began;
}

for (const [name, texts, read] of hostileReaders) {
  const times = Object.entries(texts).map(([kind, text]) => [
    kind,
    Math.min(...[1, 2, 3].map(() => timeOf(read, text))),
  ]);
  const [kind, milliseconds] = times.sort((left, right) => right[1] - left[1])[0];
  const remark = milliseconds > longestMilliseconds ? "  (more than it should)" : "";
  console.log(`${name}: at most ${milliseconds.toFixed(0)} ms, for ${kind}${remark}`);
}
