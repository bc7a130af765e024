import "reflect-metadata";
import { ConfigService } from "@nestjs/config";
import { DataSource } from "typeorm";
import { databaseOptions } from "./database/database-options.js";

export const dataSource = new DataSource(databaseOptions(new ConfigService()));
