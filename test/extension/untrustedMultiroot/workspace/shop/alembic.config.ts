import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "alembic-ts";

writeFileSync(join(__dirname, "config-was-run.txt"), "This file must not be there.\n");

export default defineConfig({
  scriptLocation: "migrations",
  url: "postgresql://nobody:nothing@127.0.0.1:1/nowhere",
});
