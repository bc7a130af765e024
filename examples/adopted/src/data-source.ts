import "reflect-metadata";
import { join } from "node:path";
import { DataSource } from "typeorm";

export const dataSource = new DataSource({
  type: "postgres",
  url: process.env.DATABASE_URL,
  entities: [join(__dirname, "entities", "*.ts")],
  // Each adopted revision runs one of these classes.
  migrations: [join(__dirname, "migrations", "*.ts")],
  synchronize: false,
  migrationsRun: false,
});
