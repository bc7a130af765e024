import { defineConfig } from "alembic-ts";

export default defineConfig({
  scriptLocation: "migrations",
  fileTemplate: "%(rev)s_%(slug)s",
  dataSource: "src/data-source.ts",
});
