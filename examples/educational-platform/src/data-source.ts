import "reflect-metadata";
import { DataSource } from "typeorm";
import { EducationalContent } from "./entities/EducationalContent";
import { User } from "./entities/User";
import { UserProfile } from "./entities/UserProfile";

/** DATABASE_URL as TypeORM takes it: without the driver that SQLAlchemy puts after the scheme. */
function databaseUrl(): string | undefined {
  return process.env.DATABASE_URL?.replace(/^postgres(?:ql)?\+\w+:/, "postgresql:");
}

const { POSTGRES_HOST, POSTGRES_PORT, POSTGRES_DB, POSTGRES_USER, POSTGRES_PASSWORD } = process.env;
const url = databaseUrl();

export const dataSource = new DataSource({
  type: "postgres",
  ...(url && { url }),
  ...(POSTGRES_HOST && { host: POSTGRES_HOST }),
  ...(POSTGRES_PORT && { port: Number(POSTGRES_PORT) }),
  ...(POSTGRES_DB && { database: POSTGRES_DB }),
  ...(POSTGRES_USER && { username: POSTGRES_USER }),
  ...(POSTGRES_PASSWORD && { password: POSTGRES_PASSWORD }),
  entities: [User, UserProfile, EducationalContent],
  // The schema belongs to the revisions in database/migrations.
  synchronize: false,
  installExtensions: false,
});
