import { Column, Entity, ManyToOne, PrimaryGeneratedColumn, type Relation } from "typeorm";
import { User } from "./user";

@Entity("posts")
export class Post {
  @PrimaryGeneratedColumn()
  id: number;

  @Column("text")
  title: string;

  // Relation, because the two classes import each other: without it, the decorator would use User before it exists.
  @ManyToOne(() => User, (user) => user.posts, { nullable: false })
  author: Relation<User>;
}
