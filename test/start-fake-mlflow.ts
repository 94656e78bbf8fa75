import { fork } from "node:child_process";
import { once } from "node:events";

export interface FakeMlflow {
  url: string;
  /** Sets what it holds and how it misbehaves; what is left out stays. */
  set(changes: object): Promise<void>;
  /** Everything that it holds now. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it wants of it
  state(): Promise<any>;
  stop(): Promise<void>;
}

/** The small MLflow server, in another process. Stop it after the test. */
export async function startFakeMlflow(): Promise<FakeMlflow> {
  const child = fork(new URL("./fake-mlflow.ts", import.meta.url), {
    stdio: ["ignore", "pipe", "inherit", "ipc"],
    execArgv: ["--import", "tsx"],
  });
  const [port] = (await once(child.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
  const url = `http://127.0.0.1:${String(port).trim()}`;
  const control = async (init?: RequestInit): Promise<unknown> => (await fetch(`${url}/fake`, init)).json();
  return {
    url,
    set: async (changes) => {
      await control({ method: "POST", body: JSON.stringify(changes) });
    },
    state: () => control(),
    stop: async () => {
      const gone = once(child, "exit");
      child.kill();
      await gone;
    },
  };
}
