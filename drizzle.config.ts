import { defineConfig } from "drizzle-kit";

/** For `npm run db:generate` and the check of the migrations; the app itself migrates through db/client.ts. */
export default defineConfig({
  dialect: "sqlite",
  schema: "./db/schema/*.ts",
  out: "./db/migrations",
});
