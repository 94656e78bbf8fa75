// Starts the server of the assembled folder (scripts/assemble-image.mjs). All settings come from the environment.
import path from "node:path";

const { env } = process;
env.NODE_ENV = "production";
env.HOST ||= "0.0.0.0";
env.PORT ||= "3000";
env.TOUCHSTONE_DATA_DIR ||= "/data";
// What Next listens on. A container sets HOSTNAME to its own name, which is not what we mean.
env.HOSTNAME = env.HOST;
// Next would end the process before jobs have drained; our own server does it (lib/services/start-server.ts).
env.NEXT_MANUAL_SIG_HANDLE = "1";
process.chdir(import.meta.dirname);
await import(path.join(import.meta.dirname, "server.js"));
