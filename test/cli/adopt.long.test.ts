import { describeAdopting } from "./adoptTypeorm";

// With TypeORM 0.3 too in test/long.
describeAdopting("typeorm");
