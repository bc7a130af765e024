import { defineConfig } from "alembic-ts";

export default defineConfig({
  scriptLocation: "database/migrations",
  dataSource: "src/data-source.ts",
});
