import { createPrivateKey } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import type { Client } from "pg";
import { DatabaseError } from "./databaseError";
import type { ServerAttempt } from "./serverAttempts";
import { acceptAnyName } from "./tlsOptions";

/**
 * The variables with which a program of PostgreSQL's own (`pg_dump`) reaches a server exactly as we did: no other host, user
 * or database, and no less protected. Passwords, keys and certificates are in files of `folder`.
 * @param folder an empty folder that nobody else can read, to be removed afterwards
 * @throws DatabaseError `connection-settings` for a way that libpq does not know
 */
export async function libpqEnvironment(
  { config, application, address, requiresChannelBinding }: ServerAttempt,
  folder: string,
): Promise<Readonly<Record<string, string>>> {
  if (config.stream !== undefined) {
    throw unknownToLibpq("its own stream");
  }
  const client = application.makeClient(config);
  const write = async (name: string, text: string): Promise<string> => {
    const file = join(folder, name);
    await writeFile(file, text, { mode: 0o600 });
    return file;
  };
  const parameters: unknown = Reflect.get(client, "connectionParameters");
  const options: unknown = Reflect.get(Object(parameters), "options");
  const negotiation: unknown = Reflect.get(client, "sslNegotiation");
  const password = await passwordOf(client);
  const isNamedByAddress = client.host !== address.host;
  return {
    PGHOST: address.host,
    ...(isNamedByAddress ? { PGHOSTADDR: client.host } : {}),
    PGPORT: String(client.port),
    PGUSER: client.user ?? address.user,
    PGDATABASE: client.database ?? address.database,
    // An absent file keeps the user's own from being read.
    PGPASSFILE:
      password === undefined
        ? join(folder, "pgpass")
        : await write("pgpass", `*:*:*:*:${password.replace(/[\\:]/g, "\\$&")}\n`),
    ...(typeof options === "string" && options !== "" ? { PGOPTIONS: options } : {}),
    ...(negotiation === "direct" ? { PGSSLNEGOTIATION: "direct" } : {}),
    ...(requiresChannelBinding ? { PGCHANNELBINDING: "require" } : {}),
    ...(await tlsVariables(Reflect.get(client, "ssl"), folder, write)),
  };
}

async function passwordOf(client: Client): Promise<string | undefined> {
  const given: unknown = Reflect.get(client, "password");
  try {
    const password: unknown = typeof given === "function" ? await (given as () => unknown)() : given;
    return typeof password === "string" && password !== "" ? password : undefined;
  } catch {
    // We got in without one.
    return undefined;
  }
}

type WriteFile = (name: string, text: string) => Promise<string>;

async function tlsVariables(
  ssl: unknown,
  folder: string,
  write: WriteFile,
): Promise<Readonly<Record<string, string>>> {
  if (ssl === false || ssl === undefined || ssl === null) {
    return { PGSSLMODE: "disable" };
  }
  const read = (name: string): unknown => (ssl === true ? undefined : Reflect.get(Object(ssl), name));
  if (read("pfx") !== undefined) {
    throw unknownToLibpq("ssl.pfx");
  }
  const [certificate, key, crl] = [pem(read("cert")), pem(read("key")), pem(read("crl"))];
  const isVerified = read("rejectUnauthorized") !== false;
  const authorities = pem(read("ca")) ?? rootCertificates.join("\n");
  const isAnyName = read("checkServerIdentity") === acceptAnyName;
  const absent = join(folder, "absent");
  return {
    PGSSLMODE: isVerified ? (isAnyName ? "verify-ca" : "verify-full") : "require",
    PGSSLROOTCERT: isVerified ? await write("root.crt", authorities) : absent,
    PGSSLCERT: certificate === undefined ? absent : await write("client.crt", certificate),
    PGSSLKEY:
      key === undefined ? absent : await write("client.key", withoutPassphrase(key, read("passphrase"))),
    ...(crl === undefined ? {} : { PGSSLCRL: await write("root.crl", crl) }),
    ...textVariable("PGSSLMINPROTOCOLVERSION", read("minVersion")),
    ...textVariable("PGSSLMAXPROTOCOLVERSION", read("maxVersion")),
  };
}

function textVariable(name: string, value: unknown): Readonly<Record<string, string>> {
  return typeof value === "string" ? { [name]: value } : {};
}

/** Certificates or a key as one text. */
function pem(value: unknown): string | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
  return parts
    .map((part) => {
      if (typeof part === "string" || Buffer.isBuffer(part)) {
        return part.toString();
      }
      throw unknownToLibpq("a certificate or key that is not PEM text");
    })
    .join("\n");
}

/** A passphrase has no variable; the file is read by nobody else and does not last. */
function withoutPassphrase(key: string, passphrase: unknown): string {
  return typeof passphrase === "string"
    ? createPrivateKey({ key, passphrase }).export({ type: "pkcs8", format: "pem" }).toString()
    : key;
}

function unknownToLibpq(what: string): DatabaseError {
  return new DatabaseError(
    "connection-settings",
    `The connection uses ${what}, which PostgreSQL's client programs cannot use.`,
    { hint: "Name the database with a URL that they can use, or back it up yourself." },
  );
}
