import "server-only";
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { dataPath, type Env } from "./env";

/** Seals connection keys at rest: AES-256-GCM, a fresh nonce each, text form `v1.nonce.tag.data` in base64url. */
export interface SecretBox {
  seal(plain: string): string;
  /** @throws Error when the text was sealed under another key or was changed. */
  open(sealed: string): string;
  /** A key for another purpose (session signing), derived from the same secret. */
  derive(purpose: string): string;
}

export function createSecretBox(secret: string): SecretBox {
  const key = createHash("sha256").update(`touchstone-seal:${secret}`).digest();
  return {
    seal: (plain) => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      const data = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return [
        "v1",
        nonce.toString("base64url"),
        cipher.getAuthTag().toString("base64url"),
        data.toString("base64url"),
      ].join(".");
    },
    open: (sealed) => {
      const [version, nonce, tag, data] = sealed.split(".");
      if (version !== "v1" || !nonce || !tag || data === undefined)
        throw new Error("This is no sealed text.");
      const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64url"));
      decipher.setAuthTag(Buffer.from(tag, "base64url"));
      return Buffer.concat([decipher.update(Buffer.from(data, "base64url")), decipher.final()]).toString(
        "utf8",
      );
    },
    derive: (purpose) => createHash("sha256").update(`touchstone-${purpose}:${secret}`).digest("base64url"),
  };
}

/** The server's secret: TOUCHSTONE_SECRET, else a key file (0600) made in the data folder at first need. */
export function readServerSecret(env: Env): string {
  if (env.TOUCHSTONE_SECRET) return env.TOUCHSTONE_SECRET;
  const file = dataPath(env, "secret.key");
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    // `wx`: two processes that start at once must not each keep a key of their own.
    try {
      writeFileSync(file, randomBytes(32).toString("base64url"), { mode: 0o600, flag: "wx" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
  return readFileSync(file, "utf8").trim();
}
