import assert from "node:assert/strict";
import { isPathWithin, spelledOnDisk } from "../../../src/machine/spelling";

/** What the disk says of a path in any spelling. */
const onDisk = new Map([
  ["/users/ann/shop/migrations", "/Users/ann/shop/migrations"],
  ["c:\\shop\\migrations", "C:\\Shop\\migrations"],
  ["/users/ann/link", "/Volumes/work/versions"],
]);

function realPath(path: string): string {
  return onDisk.get(path.toLowerCase()) ?? path;
}

describe("the spelling of a path", () => {
  const spellings: readonly (readonly [NodeJS.Platform, string, string])[] = [
    ["darwin", "/Users/ann/shop/Migrations", "/Users/ann/shop/migrations"],
    ["darwin", "/Users/ann/shop/migrations", "/Users/ann/shop/migrations"],
    ["win32", "c:\\shop\\Migrations", "C:\\Shop\\migrations"],
    // A link is opened by its own name.
    ["darwin", "/Users/ann/link", "/Users/ann/link"],
    ["win32", "D:\\nowhere", "D:\\nowhere"],
    // Two folders, of which only one is meant.
    ["linux", "/Users/ann/shop/Migrations", "/Users/ann/shop/Migrations"],
  ];
  for (const [platform, path, expected] of spellings) {
    it(`of ${path} is ${expected} on ${platform}`, () =>
      assert.equal(spelledOnDisk(path, platform, realPath), expected));
  }
});

describe("a path of a URI", () => {
  const within: readonly (readonly [string, string, boolean])[] = [
    ["/shop/versions/a.ts", "/shop/versions", true],
    ["/shop/versions/a.ts", "/shop/versions/", true],
    ["/shop/versions", "/shop/versions", true],
    ["/shop/versions2/a.ts", "/shop/versions", false],
    ["/shop/Versions/a.ts", "/shop/versions", false],
    ["/c:/shop/versions/a.ts", "/C:/shop/versions", true],
    ["/C:/shop/a.ts", "/c:/", true],
    ["/d:/shop/a.ts", "/c:/shop", false],
    ["/a.ts", "/", true],
  ];
  for (const [path, folder, expected] of within) {
    it(`${path} is ${expected ? "" : "not "}within ${folder}`, () =>
      assert.equal(isPathWithin(path, folder), expected));
  }
});
