/** Imported before `cli/carelessAgent.test.ts`: also what takes seconds is tried. */
process.env["CARELESS_ATTEMPTS"] = "every";
