// Registers tenants and creates their schemas: node scripts/createTenant.mjs acme globex
import pg from "pg";

const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
await client.connect();
try {
  await client.query("CREATE TABLE IF NOT EXISTS public.tenants (schema_name text PRIMARY KEY)");
  for (const name of process.argv.slice(2)) {
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${client.escapeIdentifier(name)}`);
    await client.query("INSERT INTO public.tenants (schema_name) VALUES ($1) ON CONFLICT DO NOTHING", [name]);
  }
} finally {
  await client.end();
}
