import { DataSource } from "typeorm";
import { Post } from "@entities/post";
import { User } from "@entities/user";

export const dataSource = new DataSource({
  type: "postgres",
  url: "postgresql://localhost/none",
  entities: [User, Post],
});
