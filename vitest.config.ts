import path from "node:path";
import { configDefaults, defineConfig } from "vitest/config";

const root = import.meta.dirname;

export default defineConfig({
  resolve: {
    alias: { "@": root, "server-only": path.join(root, "test/empty.ts") },
  },
  oxc: { jsx: { runtime: "automatic" } },
  test: {
    pool: "forks",
    // Nothing else runs beside the tests: the default leaves one core idle, half of a small machine.
    maxWorkers: "100%",
    include: ["{app,bench,components,db,e2e,lib,scripts,test}/**/*.test.{ts,tsx,mjs}"],
    exclude: [...configDefaults.exclude, ".next/**", ".toolchain/**"],
    setupFiles: ["./test/setup.ts"],
    // Several checkouts share small machines: a slow moment must not look like a failure.
    testTimeout: 60_000,
    hookTimeout: 30_000,
  },
});
