import { defineConfig } from "alembic-ts";

export default defineConfig({
  scriptLocation: "database/migrations",
  fileTemplate: "%(year)d%(month).2d%(day).2d_%(hour).2d%(minute).2d-%(rev)s_%(slug)s",
  dataSource: "src/data-source.ts",
});
