import type { TypeormDataSource } from "./typeormTypes";

/** Where a DataSource would connect to. */
export interface ConnectionOptions {
  readonly type: string;
  readonly url?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly database?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly ssl?: boolean | undefined;
}

/** The address in a DataSource's options: its own, or that of the server that replication writes to. */
export async function connectionOptions(dataSource: TypeormDataSource): Promise<ConnectionOptions> {
  const { options } = dataSource;
  const master = property(property(options, "replication"), "master") ?? options;
  const password = property(master, "password");
  const givenPassword: unknown =
    typeof password === "function" ? await (password as () => unknown).call(master) : password;
  const ssl = property(master, "ssl") ?? options["ssl"];
  return {
    type: options.type,
    url: text(property(master, "url")),
    host: text(property(master, "host")),
    port: port(property(master, "port")),
    database: text(property(master, "database")),
    username: text(property(master, "username")),
    password: text(givenPassword),
    ssl: ssl === undefined || ssl === false ? undefined : true,
  };
}

function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (Reflect.get(value, name) as unknown) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function port(value: unknown): number | undefined {
  const number = Number(value);
  return Number.isInteger(number) && number > 0 ? number : undefined;
}
