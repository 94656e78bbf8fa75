import type { NextConfig } from "next";

const nextConfig: NextConfig = {
  // Several servers may be built side by side from one checkout (tests, a second developer).
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  // A native module: it is loaded from node_modules, not bundled.
  serverExternalPackages: ["better-sqlite3"],
  poweredByHeader: false,
  // `next dev` is opened at either name of the loopback address; without this the page never hydrates on one of them.
  allowedDevOrigins: ["127.0.0.1", "localhost"],
  // A lock file in a folder above must not make Next take that folder for the project.
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
};

export default nextConfig;
