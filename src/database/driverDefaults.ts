import { defaults } from "pg";

/**
 * Makes something with defaults of an application's copy of `pg` in place of those of ours: what neither an option nor a
 * PG… variable says comes from them (`ConnectionParameters` of `pg`). A client reads them where it is made, and only there.
 */
export function withDriverDefaults<Made>(given: Readonly<Record<string, unknown>>, make: () => Made): Made {
  const names = Object.keys(given);
  const own = names.map((name) => Object.getOwnPropertyDescriptor(defaults, name));
  try {
    Object.assign(defaults, given);
    return make();
  } finally {
    names.forEach((name, at) => {
      const before = own[at];
      if (before === undefined) {
        Reflect.deleteProperty(defaults, name);
      } else {
        Object.defineProperty(defaults, name, before);
      }
    });
  }
}
