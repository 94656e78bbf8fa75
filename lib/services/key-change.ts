import "server-only";
import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import path from "node:path";
import type { Repos } from "@/db/repos/create-repos";
import type { SealedText } from "@/db/repos/sealed-texts.repo";
import { AppError } from "@/lib/contracts/errors";
import { newId } from "@/lib/util/new-id";
import { KEY_NAME, NEXT_KEY_NAME } from "./admin/data-files";
import { audit } from "./audit";
import { dataPath, type Env } from "./env";
import { createSecretBox, type SecretBox } from "./secrets";

const OPERATOR = { kind: "system", name: "operator" } as const;

export interface KeyChange {
  /** Sealed texts that stand under the new key now. */
  resealed: number;
  /** What opened under neither key and was left as it was: to be typed again. */
  unreadable: string[];
}

/** The key that takes over when everything is sealed under it. While this file is there, a change is under way. */
export function nextKeyFile(env: Env): string {
  return dataPath(env, NEXT_KEY_NAME);
}

/** Whether a change of the key file was begun and has not ended. */
export function isKeyChanging(env: Env): boolean {
  return !env.TOUCHSTONE_SECRET && existsSync(nextKeyFile(env));
}

/** Makes the next key, whole on the disk before it has its name. One that an interrupted change left is kept. */
export function writeNextKey(env: Env): string {
  const file = nextKeyFile(env);
  if (!existsSync(file)) {
    const partial = `${file}.partial`;
    rmSync(partial, { force: true });
    writeDurably(partial, randomBytes(32).toString("base64url"));
    renameDurably(partial, file);
  }
  return readFileSync(file, "utf8").trim();
}

/** The next key takes the place of the old one, in one step: there is a key file at every moment. */
export function putNextKeyInPlace(env: Env): void {
  renameDurably(nextKeyFile(env), dataPath(env, KEY_NAME));
}

/**
 * Seals every secret under another key, in one transaction with its audit entry. What is sealed under the new key
 * already stays: it may be called again after an interruption.
 * @throws `AppError` conflict when there are sealed texts and none opens; then nothing is changed
 */
export function resealAll(repos: Repos, from: SecretBox, to: SecretBox): KeyChange {
  repos.sealedTexts.overwriteFreed();
  return repos.transaction(() => {
    const unreadable: string[] = [];
    const texts = repos.sealedTexts.list();
    let resealed = 0;
    for (const text of texts) {
      if (openOrNull(to, text.sealed) === null) {
        const plain = openOrNull(from, text.sealed);
        if (plain === null) {
          unreadable.push(wordsFor(text));
          continue;
        }
        repos.sealedTexts.replace(text, to.seal(plain));
      }
      resealed += 1;
    }
    if (texts.length > 0 && resealed === 0) throw nothingOpens(texts.length);
    const act = {
      projectId: null,
      action: "key-changed" as const,
      subjectType: "server",
      subjectId: "server",
    };
    const details = { resealed, unreadable: unreadable.length };
    audit({ repos, now: Date.now, newId }, OPERATOR, { ...act, details });
    return { resealed, unreadable };
  });
}

/** Ends a change that was interrupted: the server does so at its start, before it opens anything. */
export function finishKeyChange(env: Env, repos: Repos, oldSecret: string): KeyChange | null {
  if (!isKeyChanging(env)) return null;
  const next = writeNextKey(env);
  const change = resealUnlessLost(repos, createSecretBox(oldSecret), createSecretBox(next));
  putNextKeyInPlace(env);
  return change;
}

/** A server must start also where no key opens anything (a restore without its key): then there is nothing to lose. */
function resealUnlessLost(repos: Repos, from: SecretBox, to: SecretBox): KeyChange {
  try {
    return resealAll(repos, from, to);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { resealed: 0, unreadable: repos.sealedTexts.list().map(wordsFor) };
  }
}

function nothingOpens(count: number): AppError {
  return new AppError(
    "conflict",
    `None of the ${count} sealed secrets of this server opens under its key, so it is not the key they were sealed ` +
      "under. Nothing was changed. Put the right key file back, or set the right TOUCHSTONE_SECRET.",
  );
}

function openOrNull(box: SecretBox, sealed: string): string | null {
  try {
    return box.open(sealed);
  } catch {
    return null; // sealed under another key: the caller tries that one, or names the text
  }
}

function wordsFor({ place, of }: SealedText): string {
  return `${place.what} ${of}`;
}

function writeDurably(file: string, text: string): void {
  const handle = openSync(file, "wx", 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** A new name survives a power cut only once its folder is on the disk; Windows knows no such step. */
function renameDurably(from: string, to: string): void {
  renameSync(from, to);
  if (process.platform === "win32") return;
  const folder = openSync(path.dirname(to), "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
