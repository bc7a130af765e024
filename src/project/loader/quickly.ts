let isQuick = false;

/**
 * Runs something that loads project files and is run again, without this, where it fails: what is thrown meanwhile need
 * not say where in a file it came from. Node reads the source map of each file that it runs, which takes as long as
 * running it.
 */
export async function quickly<Result>(load: () => Promise<Result>): Promise<Result> {
  isQuick = true;
  process.setSourceMapsEnabled(false);
  try {
    return await load();
  } finally {
    isQuick = false;
    process.setSourceMapsEnabled(true);
  }
}

/** Whether it is `quickly` that runs. */
export function isLoadedQuickly(): boolean {
  return isQuick;
}
