import { describeAdoptedTable } from "./adoptedTable";

// With TypeORM 0.3 too in test/long.
describeAdoptedTable("typeorm");
