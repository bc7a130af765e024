import type { ConfigService } from "@nestjs/config";
import { join } from "node:path";
import type { DataSourceOptions } from "typeorm";

export function databaseOptions(config: ConfigService): DataSourceOptions {
  return {
    type: "postgres",
    url: config.getOrThrow<string>("DATABASE_URL"),
    entities: [join(import.meta.dirname, "..", "**", "*.entity.{ts,js}")],
    // Revisions change the schema, before the application starts.
    synchronize: false,
    migrationsRun: false,
  };
}
