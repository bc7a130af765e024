import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import type { DatabaseTarget } from "../project/databaseTarget";
import { targetAddress } from "./openTarget";

/** Whether two targets are one database, however its server is named: by a name, an address, or a socket of this machine. */
export async function isSameDatabase(left: DatabaseTarget, right: DatabaseTarget): Promise<boolean> {
  const [one, other] = [targetAddress(left), targetAddress(right)];
  if (one === undefined || other === undefined) {
    return isSameFile(left, right);
  }
  if (one.database !== other.database) {
    return false;
  }
  const ports = new Set(one.port.split(","));
  if (!other.port.split(",").some((port) => ports.has(port))) {
    return false;
  }
  const hosts = new Set(await addressesOf(one.host));
  return (await addressesOf(other.host)).some((address) => hosts.has(address));
}

function isSameFile(left: DatabaseTarget, right: DatabaseTarget): boolean {
  if (left.kind === "sqlite" && right.kind === "sqlite") {
    return left.file === right.file;
  }
  return left.kind === "embedded" && right.kind === "embedded" && left.directory === right.directory;
}

const thisMachine = "this machine";

/** Of hosts with commas between them: their names, and the addresses that these stand for. */
async function addressesOf(hosts: string): Promise<readonly string[]> {
  const found = hosts.split(",").map(async (host) => {
    if (host.startsWith("/") || host.startsWith("@")) {
      return [thisMachine];
    }
    const name = host.toLowerCase().replace(/\.$/, "");
    const answers =
      isIP(name) === 0 ? await lookup(name, { all: true }).catch(() => []) : [{ address: name }];
    return [name, ...answers.map(({ address }) => (isLoopback(address) ? thisMachine : address))];
  });
  return (await Promise.all(found)).flat();
}

function isLoopback(address: string): boolean {
  return address === "::1" || /^(?:::ffff:)?127\./.test(address);
}
