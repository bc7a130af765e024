import { Column, Entity, ManyToOne, PrimaryGeneratedColumn } from "typeorm";
import { User } from "./user";

@Entity("posts")
export class Post {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  isPublished: boolean;

  @ManyToOne(() => User, (user) => user.posts)
  author: User;
}
