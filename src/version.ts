// By its name: the bundles then hold that string, and not the whole file.
import { version as packageVersion } from "../package.json";

/** This package's version. */
export const version: string = packageVersion;
