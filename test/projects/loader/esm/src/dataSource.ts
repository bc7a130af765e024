import { DataSource } from "typeorm";
import { Post } from "./entities/post.js";
import { User } from "./entities/user.js";

export const dataSource = new DataSource({
  type: "postgres",
  url: "postgresql://localhost/none",
  entities: [User, Post],
});
