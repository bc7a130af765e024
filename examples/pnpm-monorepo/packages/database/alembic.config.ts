import { defineConfig } from "alembic-ts";

export default defineConfig({
  scriptLocation: "migrations",
  dataSource: "src/data-source.ts",
});
