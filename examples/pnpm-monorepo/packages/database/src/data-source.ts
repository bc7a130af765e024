import "reflect-metadata";
import { User } from "@acme/entities";
import { DataSource } from "typeorm";

export const dataSource = new DataSource({ type: "postgres", entities: [User] });
