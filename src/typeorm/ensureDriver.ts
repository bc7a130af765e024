import type { TypeormDataSource, TypeormDriver } from "./typeormTypes";

class NotConnected extends Error {
  override readonly name = "NotConnected";
}

/**
 * Has a DataSource make its driver where it only does so in `initialize()`, as some forks of TypeORM do (@n8n/typeorm
 * from 0.3.20-16 on). Nothing is connected: the driver that it makes refuses to.
 * @returns whether the DataSource has one now
 */
export async function ensureDriver(dataSource: TypeormDataSource): Promise<boolean> {
  if (hasDriver(dataSource)) {
    return true;
  }
  let made: TypeormDriver | undefined;
  Object.defineProperty(dataSource, "driver", {
    configurable: true,
    enumerable: true,
    get: () => made,
    set(driver: TypeormDriver) {
      made = driver;
      driver.connect = () => Promise.reject(new NotConnected());
    },
  });
  try {
    await dataSource.initialize();
  } catch (error) {
    if (!(error instanceof NotConnected)) {
      throw error;
    }
  } finally {
    if (made !== undefined) {
      // That of its class is in place again.
      Reflect.deleteProperty(made, "connect");
    }
    Object.defineProperty(dataSource, "driver", {
      configurable: true,
      enumerable: true,
      writable: true,
      value: made,
    });
  }
  return hasDriver(dataSource);
}

function hasDriver({ driver }: { readonly driver: TypeormDriver | undefined }): boolean {
  return typeof driver === "object";
}
