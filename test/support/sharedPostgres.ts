import { type PostgresServer, startPostgres } from "./postgresServer";

let server: Promise<PostgresServer> | undefined;

/** The one server of a mocha run, started at its first use and stopped at the run's end (`rootHooks.ts`). */
export function sharedPostgres(): Promise<PostgresServer> {
  server ??= startPostgres();
  return server;
}

/** Ends the shared server where one was started. */
export async function stopSharedPostgres(): Promise<void> {
  const started = server;
  server = undefined;
  await (await started)?.stop();
}

/** Takes the databases of the tests away from a server of `TEST_DATABASE_URL`; a server of the tests' own goes on. */
export async function leaveForeignPostgres(): Promise<void> {
  if ((await server)?.isOwn === false) {
    await stopSharedPostgres();
  }
}
