export { User } from "./user";
