import "reflect-metadata";
import { DataSource } from "typeorm";
import { User } from "./user.entity";

export const dataSource = new DataSource({ type: "postgres", entities: [User] });
