import { defineConfig } from "alembic-ts";

export default defineConfig({ scriptLocation: "database/migrations" });
