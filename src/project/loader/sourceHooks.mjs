// The hooks' thread when alembic-ts runs from its TypeScript source, as its own tests do; not part of the product.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
require("tsx/cjs");

export const { initialize, resolve, load } = require("./loaderHooks.ts");
