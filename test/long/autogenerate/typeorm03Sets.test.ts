import { describeSets } from "./everyCase";

describeSets("0.3");
