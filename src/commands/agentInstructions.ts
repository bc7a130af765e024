import { version } from "../version";

/** What AGENTS.md says: the least that an agent must know which reads no skill. */
export const agentInstructions = `## Database migrations

<!-- Written by \`npx alembic-ts init --agents\`, which replaces the text between the two markers. -->

This project's migrations are made with alembic-ts ${version}. Read \`.agents/skills/alembic-ts/SKILL.md\` before you change an entity, a
revision file or a database.

- The order: \`status\`, \`revision --autogenerate\`, \`lint\`, \`verify\`, \`upgrade <from>:head --sql\`, \`upgrade head --plan\`, and only after a
  person agreed \`upgrade head --approved <plan ID>\`.
- Never drop a table or a column unless a person agreed to that very one. Answer questions about renames with \`--rename\`, or ask.
- Never run \`downgrade\` or \`stamp\` unasked, never work on a production database, and never set \`ALEMBIC_AGENT_GUARD\`.
- Never edit a revision that a shared database has applied, and never change \`alembic_version\` by SQL.`;
