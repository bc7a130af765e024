import { describeAdopting } from "../cli/adoptTypeorm";

describeAdopting("typeorm-0.3");
