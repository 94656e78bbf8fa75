import { createSign, generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * A small OpenID provider in a process of its own, for tests: it signs in whoever `email` and `verified` of the query of
 * /__as say, at once. Prints one line of JSON, `{"url": …}`, when it listens.
 */
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
let person = { email: "nobody@example.org", verified: true };
const grants = new Map<string, { nonce: string | null }>();
let issuer = "";

const server = createServer((request, response) => {
  const url = new URL(request.url ?? "/", issuer);
  const json = (value: unknown): void => {
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
  };
  if (url.pathname === "/__as") {
    person = {
      email: url.searchParams.get("email") ?? "",
      verified: url.searchParams.get("verified") !== "no",
    };
    return json(person);
  }
  if (url.pathname === "/.well-known/openid-configuration") return json(discovery());
  if (url.pathname === "/jwks")
    return json({ keys: [{ ...publicKey.export({ format: "jwk" }), kid: "1", alg: "RS256", use: "sig" }] });
  if (url.pathname === "/authorize") {
    const code = randomUUID();
    grants.set(code, { nonce: url.searchParams.get("nonce") });
    const back = new URL(url.searchParams.get("redirect_uri") ?? issuer);
    back.searchParams.set("code", code);
    back.searchParams.set("state", url.searchParams.get("state") ?? "");
    return void response.writeHead(302, { location: back.href }).end();
  }
  if (url.pathname === "/token") return void readBody(request).then((body) => json(tokens(body)));
  response.writeHead(404).end();
});

function discovery() {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
  };
}

function tokens(body: URLSearchParams) {
  const grant = grants.get(body.get("code") ?? "");
  if (!grant) return { error: "invalid_grant" };
  const now = Math.floor(Date.now() / 1_000);
  const claims = {
    iss: issuer,
    aud: "touchstone",
    sub: `sub-${person.email}`,
    email: person.email,
    email_verified: person.verified,
    name: "From the provider",
    iat: now,
    exp: now + 300,
    ...(grant.nonce === null ? {} : { nonce: grant.nonce }),
  };
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg: "RS256", kid: "1", typ: "JWT" })}.${part(claims)}`;
  const signature = createSign("RSA-SHA256").update(signed).sign(privateKey).toString("base64url");
  return {
    access_token: randomUUID(),
    token_type: "Bearer",
    expires_in: 300,
    id_token: `${signed}.${signature}`,
  };
}

async function readBody(request: AsyncIterable<Buffer>): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return new URLSearchParams(Buffer.concat(chunks).toString("utf8"));
}

server.listen(0, "127.0.0.1", () => {
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.stdout.write(`${JSON.stringify({ url: issuer })}\n`);
});
process.on("disconnect", () => process.exit(0));
