import { defineConfig } from "alembic-ts";

export default defineConfig({
  scriptLocation: "migrations",
  dataSource: "src/data-source.ts",
  environments: {
    app: {
      urlVariable: "DATABASE_URL",
      // One run for each row: its schema comes first in the search path, and has a version table.
      tenantSchemas: "SELECT schema_name FROM public.tenants ORDER BY schema_name",
    },
  },
});
