import "reflect-metadata";
import type * as Typeorm from "typeorm";

/** The versions of TypeORM that everything is tried under. */
export type TypeormVersion = "0.3" | "1.x";

export const typeormVersions: readonly TypeormVersion[] = ["1.x", "0.3"];

type PropertyDecorators = Readonly<Record<string, PropertyDecorator | readonly PropertyDecorator[]>>;

/** TypeORM as a set of entities sees it, and a short way to make a class with its decorators. */
export interface Orm {
  readonly version: TypeormVersion;
  readonly typeorm: typeof Typeorm;
  /** A class with decorated properties. `options` is what `@Entity` takes, or another class decorator. */
  readonly entity: (
    name: string,
    options: Typeorm.EntityOptions | string | ClassDecorator,
    properties: PropertyDecorators,
    ...decorators: readonly ClassDecorator[]
  ) => new () => object;
  /** The same for a class that extends another one. */
  readonly childOf: (
    parent: new () => object,
    name: string,
    decorator: ClassDecorator,
    properties: PropertyDecorators,
  ) => new () => object;
}

/** Both versions keep what decorators say in one global variable; each gets one of its own. */
const storages = new Map<TypeormVersion, unknown>();

function load(version: TypeormVersion): typeof Typeorm {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the two are chosen at run time
  return require(version === "0.3" ? "typeorm-0.3" : "typeorm") as typeof Typeorm;
}

/** Makes a version the one that decorators and metadata work with, from here on. */
export function useTypeorm(version: TypeormVersion): Orm {
  const global = globalThis as { typeormMetadataArgsStorage?: unknown };
  global.typeormMetadataArgsStorage = undefined;
  const typeorm = load(version);
  global.typeormMetadataArgsStorage = storages.get(version);
  storages.set(version, typeorm.getMetadataArgsStorage());
  const make = (
    base: new () => object,
    name: string,
    properties: PropertyDecorators,
    decorators: readonly ClassDecorator[],
  ): new () => object => {
    const made = { [name]: class extends base {} }[name] as new () => object;
    decorate(made, properties);
    decorators.forEach((decorator) => void decorator(made));
    return made;
  };
  return {
    version,
    typeorm,
    entity(name, options, properties, ...decorators) {
      const decorator =
        typeof options === "function"
          ? options
          : typeof options === "string"
            ? typeorm.Entity(options)
            : typeorm.Entity(options);
      const plain = { [name]: class {} }[name] as new () => object;
      decorate(plain, properties);
      [...decorators, decorator].forEach((each) => void each(plain));
      return plain;
    },
    childOf: (parent, name, decorator, properties) => make(parent, name, properties, [decorator]),
  };
}

function decorate(made: new () => object, properties: PropertyDecorators): void {
  for (const [property, decorators] of Object.entries(properties)) {
    for (const decorator of Array.isArray(decorators) ? decorators : [decorators]) {
      (decorator as PropertyDecorator)(made.prototype as object, property);
    }
  }
}
