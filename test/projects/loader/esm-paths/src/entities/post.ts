import { Column, Entity, ManyToOne, PrimaryGeneratedColumn, Relation } from "typeorm";
import { User } from "@entities/user.js";

@Entity("posts")
export class Post {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  isPublished: boolean;

  @ManyToOne(() => User, (user) => user.posts)
  author: Relation<User>;
}
