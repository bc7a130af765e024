import { describeAdoptedTable } from "../cli/adoptedTable";
import { describeAdopting } from "../cli/adoptTypeorm";

describeAdopting("typeorm-0.3");
describeAdoptedTable("typeorm-0.3");
