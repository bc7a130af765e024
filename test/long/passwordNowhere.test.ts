import { describePasswordNowhere } from "../cli/passwordCases";

describePasswordNowhere(1);
