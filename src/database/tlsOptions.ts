import { existsSync } from "node:fs";
import { join } from "node:path";
import { checkServerIdentity, type ConnectionOptions } from "node:tls";
import { homeFolder } from "../machine/homeFolder";
import { readRegularFile, UnfitFile } from "../machine/regularFile";
import { DatabaseError } from "./databaseError";

/** What `pg` takes as `ssl`; false: in the clear. */
export type TlsOptions = ConnectionOptions | false;

/** How a URL wants its connection protected. */
export interface TlsRequest {
  /** libpq's connection parameters. */
  readonly parameters: ReadonlyMap<string, string>;
  /** The name that a certificate is held against. */
  readonly host: string;
  /** The ways where the URL does not say one: those of the application. */
  readonly usual?: readonly TlsOptions[] | undefined;
}

/**
 * The ways in which to try a server, in their order (PostgreSQL, "SSL Support"). Without `sslmode` a connection is protected as
 * the application's or, where there is none, in the clear as `pg` makes it, unless another parameter asks for TLS. Where there
 * is no `sslrootcert`, certificates are held against the authorities that Node knows.
 * @throws DatabaseError `connection-settings` for a certificate or key that can't be read
 */
export function tlsAttempts(request: TlsRequest): readonly TlsOptions[] {
  const { parameters, host } = request;
  if (host.startsWith("/") || host.startsWith("@")) {
    return [false];
  }
  switch (sslMode(parameters)) {
    case undefined:
      return (request.usual ?? [false]).map((way) => (way === false ? false : asUsual(way, request)));
    case "disable":
      return [false];
    case "allow":
      return [false, unverified(request)];
    case "prefer":
      return [unverified(request), false];
    case "no-verify":
      return [unverified(request)];
    case "require":
      // As libpq: whoever has a root certificate wants it used.
      return [rootCertificate(parameters) === undefined ? unverified(request) : ofAuthority(request)];
    case "verify-ca":
      return [rootCertificate(parameters) === undefined ? verified(request) : ofAuthority(request)];
    default:
      return [verified(request)];
  }
}

/** Undefined where nothing asks for TLS or refuses it. */
function sslMode(parameters: ReadonlyMap<string, string>): string | undefined {
  const isVerified = parameters.get("sslrootcert") === "system";
  const isAskedFor = ["sslrootcert", "sslcert", "sslkey"].some((name) => parameters.has(name));
  const isDirect = parameters.get("sslnegotiation") === "direct";
  return parameters.get("sslmode") ?? (isVerified || isAskedFor || isDirect ? "verify-full" : undefined);
}

/** The application's, for the host of the URL, with what the URL says of how TLS is to be. */
function asUsual(way: ConnectionOptions, request: TlsRequest): ConnectionOptions {
  return {
    ...(request.parameters.has("hostaddr") ? { checkServerIdentity: nameOf(request) } : {}),
    ...way,
    // `pg` hides it from those who list its options.
    ...(way.key === undefined ? {} : { key: way.key }),
    ...commonParameters(request),
  };
}

function unverified(request: TlsRequest): ConnectionOptions {
  return { ...commonOptions(request), rejectUnauthorized: false };
}

/** Of `sslmode=verify-ca`: the authority counts, and not the name. */
export function acceptAnyName(): undefined {
  return undefined;
}

/** Signed by the authority, whatever the name. */
function ofAuthority(request: TlsRequest): ConnectionOptions {
  return { ...verified(request), checkServerIdentity: acceptAnyName };
}

function verified(request: TlsRequest): ConnectionOptions {
  const { parameters } = request;
  const file = rootCertificate(parameters);
  const options: ConnectionOptions = {
    ...commonOptions(request),
    ...(file === undefined ? {} : { ca: readPem(file, "sslrootcert") }),
    rejectUnauthorized: true,
  };
  return parameters.has("hostaddr") ? { ...options, checkServerIdentity: nameOf(request) } : options;
}

/** Holds a certificate against the name, where the connection goes by the address. */
function nameOf({ host }: TlsRequest): NonNullable<ConnectionOptions["checkServerIdentity"]> {
  return (_address, certificate) => checkServerIdentity(host, certificate);
}

function commonOptions(request: TlsRequest): ConnectionOptions {
  const { parameters } = request;
  const certificate =
    parameters.get("sslcertmode") === "disable" ? undefined : clientFile(parameters, "sslcert");
  const key = certificate === undefined ? undefined : clientFile(parameters, "sslkey");
  return {
    ...(certificate === undefined ? {} : { cert: readPem(certificate, "sslcert") }),
    ...(key === undefined ? {} : { key: readPem(key, "sslkey"), passphrase: parameters.get("sslpassword") }),
    ...commonParameters(request),
  };
}

/** What a URL may say of TLS without asking for it. */
function commonParameters({ parameters, host }: TlsRequest): ConnectionOptions {
  const crl = parameters.get("sslcrl");
  return {
    ...(crl === undefined ? {} : { crl: readPem(crl, "sslcrl") }),
    ...version("minVersion", parameters.get("ssl_min_protocol_version")),
    ...version("maxVersion", parameters.get("ssl_max_protocol_version")),
    ...(parameters.has("hostaddr") ? { servername: host } : {}),
  };
}

function version(name: "minVersion" | "maxVersion", value: string | undefined): ConnectionOptions {
  return value === undefined ? {} : { [name]: value };
}

/** Undefined: those of Node. */
function rootCertificate(parameters: ReadonlyMap<string, string>): string | undefined {
  const named = parameters.get("sslrootcert");
  return named === "system" ? undefined : (named ?? usualFile("root.crt"));
}

function clientFile(parameters: ReadonlyMap<string, string>, name: "sslcert" | "sslkey"): string | undefined {
  return parameters.get(name) ?? usualFile(name === "sslcert" ? "postgresql.crt" : "postgresql.key");
}

function usualFile(name: string): string | undefined {
  const folder =
    process.platform === "win32"
      ? join(process.env["APPDATA"] ?? ".", "postgresql")
      : join(homeFolder() ?? "/", ".postgresql");
  const file = join(folder, name);
  return existsSync(file) ? file : undefined;
}

/** All authorities that systems trust are within a megabyte. */
const mostPemBytes = 10_000_000;

function readPem(file: string, parameter: string): string {
  try {
    const text = readRegularFile(file, mostPemBytes);
    if (text !== undefined) {
      return text;
    }
  } catch (error) {
    throw unreadable(parameter, file, whyUnreadable(error));
  }
  throw unreadable(parameter, file, "it is a folder");
}

function whyUnreadable(error: unknown): string {
  if (error instanceof UnfitFile) {
    return error.message.replace(/^It/, "it").replace(/\.$/, "");
  }
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  return code === "ENOENT" ? "there is no such file" : `it cannot be read (${String(code)})`;
}

function unreadable(parameter: string, file: string, reason: string): DatabaseError {
  return new DatabaseError("connection-settings", `${parameter} names ${file}, and ${reason}.`, {
    hint: `Correct ${parameter} in the URL, or PG${parameter.toUpperCase()} in the environment.`,
  });
}
