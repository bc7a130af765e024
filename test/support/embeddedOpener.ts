import { embeddedDatabases } from "../../src/database/embeddedDatabase";

const [directory = ""] = process.argv.slice(2);

/** A program that opens the embedded database of a folder, counts itself there, and says how many have done so. */
async function openOnce(): Promise<void> {
  console.log("opening");
  const database = await embeddedDatabases.open({
    directory,
    lockTimeoutMilliseconds: 60_000,
    signal: new AbortController().signal,
    onWaiting: () => undefined,
  });
  await database.connection.run("CREATE TABLE IF NOT EXISTS opened (by integer)");
  await database.connection.query("INSERT INTO opened VALUES ($1)", [process.pid]);
  const rows = await database.connection.query("SELECT by FROM opened");
  await database.close();
  console.log(rows.length);
}

void openOnce();
