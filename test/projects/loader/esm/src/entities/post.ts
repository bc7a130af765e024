import { Column, Entity, ManyToOne, PrimaryGeneratedColumn, type Relation } from "typeorm";
import { User } from "./user.js";

@Entity("posts")
export class Post {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  isPublished: boolean;

  @ManyToOne(() => User, (user) => user.posts)
  author: Relation<User>;
}
