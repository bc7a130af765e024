import manifest from "../package.json";

/** This package's version. */
export const version: string = manifest.version;
