import "reflect-metadata";
import { DataSource } from "typeorm";
import { Invoice } from "./entities/invoice";

export const dataSource = new DataSource({
  type: "postgres",
  url: process.env.DATABASE_URL,
  entities: [Invoice],
  synchronize: false,
});
