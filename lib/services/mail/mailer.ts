import "server-only";
import { createTransport } from "nodemailer";
import type { Env } from "../env";

export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** Sends plain mails. There is none where no mail server is set. */
export interface Mailer {
  /** @throws Error in the words of the mail server */
  send(mail: Mail): Promise<void>;
}

const TIMEOUT_MS = 10_000;

/**
 * The mail server of SMTP_URL (`smtp://user:password@host:587?from=touchstone@example.com`), or null. `from` may be
 * left out: it is then touchstone@ the host.
 */
export function createMailer(env: Env): Mailer | null {
  if (!env.SMTP_URL) return null;
  const url = new URL(env.SMTP_URL);
  const from = url.searchParams.get("from") ?? `touchstone@${url.hostname}`;
  url.searchParams.delete("from");
  const transport = createTransport(
    {
      host: url.hostname,
      port: url.port === "" ? (url.protocol === "smtps:" ? 465 : 587) : Number(url.port),
      secure: url.protocol === "smtps:",
      ...(url.username === ""
        ? {}
        : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      // texts hold what people typed (names): nothing in them may make the library read a file or an address
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from: { name: "Touchstone", address: from } },
  );
  return { send: async (mail) => void (await transport.sendMail(mail)) };
}
