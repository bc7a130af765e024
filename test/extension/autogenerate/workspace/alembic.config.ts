import { defineConfig } from "alembic-ts";

export default defineConfig({
  scriptLocation: "migrations",
  fileTemplate: "%(rev)s_%(slug)s",
  dataSource: "src/data-source.ts",
  postWriteHooks: [
    { name: "note", type: "exec", executable: "node", options: "note.mjs REVISION_SCRIPT_FILENAME" },
  ],
});
