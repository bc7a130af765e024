import assert from "node:assert/strict";
import { startCommand } from "../support/faultRun";
import { createProjectFolder } from "../support/projectFolder";

describe("a signal while user code waits that nothing can cancel", function () {
  this.timeout(60_000);

  it("ends the process when nothing answers in time, as a configuration that waits", async () => {
    const project = createProjectFolder({
      "alembic.config.mjs":
        'console.error("Running the configuration");\n' +
        "await new Promise((resolve) => setTimeout(resolve, 60_000));\n" +
        'export default { scriptLocation: "migrations" };\n',
      "migrations/versions/.gitkeep": "",
    });
    try {
      const running = startCommand(project.path, undefined, ["heads"]);
      await running.reach({ line: 1, milliseconds: 0 });
      running.kill("SIGTERM");
      const { exitCode, stderr } = await running.ended;
      assert.equal(exitCode, 143, stderr);
      assert.match(stderr, /Cancelling\. A second signal ends the process at once/);
      assert.match(stderr, /No answer in time/);
    } finally {
      project.remove();
    }
  });
});
