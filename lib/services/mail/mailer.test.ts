import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readEnv } from "../env";
import { invitationMail } from "./mail-texts";
import { createMailer } from "./mailer";

let server: Server;
let port: number;
let said: string;
let refuses: boolean;

/** Speaks just enough of SMTP to take one mail. */
beforeEach(async () => {
  said = "";
  refuses = false;
  server = createServer((socket) => {
    let isData = false;
    socket.write("220 mail.test ready\r\n");
    socket.on("data", (chunk) => {
      const text = chunk.toString("utf8");
      said += text;
      if (isData) {
        if (!said.endsWith("\r\n.\r\n")) return;
        isData = false;
        socket.write("250 taken\r\n");
      } else if (/^DATA/i.test(text)) {
        isData = true;
        socket.write("354 go on\r\n");
      } else if (/^RCPT/i.test(text) && refuses) socket.write("550 no such person\r\n");
      else if (/^QUIT/i.test(text)) socket.end("221 bye\r\n");
      else socket.write("250 mail.test\r\n");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterEach(() => server.close());

const mailer = () => createMailer(readEnv({ SMTP_URL: `smtp://127.0.0.1:${port}?from=t@example.org` }));
const mail = invitationMail({
  email: "ray@example.org",
  link: "http://localhost:3000/join?token=abc",
  projectName: "Football\r\nBcc: everybody@example.org",
  by: "Jo",
});

describe("mail", () => {
  it("is sent in plain text, from the address of SMTP_URL, to one person", async () => {
    await mailer()?.send(mail);
    expect(said).toContain("MAIL FROM:<t@example.org>");
    expect(said).toContain("RCPT TO:<ray@example.org>");
    expect(said).toContain("http://localhost:3000/join?token=");
    expect(said).toMatch(/content-type: text\/plain/i);
  });

  it("names cannot add headers or receivers", async () => {
    await mailer()?.send(mail);
    expect(said.match(/RCPT TO/g)).toHaveLength(1);
    expect(said).not.toMatch(/^Bcc:/m);
  });

  it("a refusal is an error, and without SMTP_URL there is no mailer", async () => {
    refuses = true;
    await expect(mailer()?.send(mail)).rejects.toThrow("550");
    expect(createMailer(readEnv({}))).toBeNull();
    expect(() => readEnv({ SMTP_URL: "http://x" })).toThrow("smtp://");
  });
});
