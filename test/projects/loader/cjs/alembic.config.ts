import { defineConfig } from "alembic-ts";
import { dataSource } from "./src/dataSource";

export default defineConfig({
  scriptLocation: "migrations",
  dataSource: "src/dataSource.ts",
  versionTable: dataSource.options.type === "postgres" ? "alembic_version" : "other",
});
