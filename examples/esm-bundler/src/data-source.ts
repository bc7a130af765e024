import "reflect-metadata";
import { Post } from "@entities/post";
import { User } from "@entities/user";
import { DataSource } from "typeorm";

export const dataSource = new DataSource({ type: "postgres", entities: [User, Post] });
