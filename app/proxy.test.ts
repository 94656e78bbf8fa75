import { NextRequest } from "next/server";
import { describe, expect, it } from "vitest";
import { config, proxy } from "@/proxy";

function answer(url = "http://localhost/projects/p1", headers: Record<string, string> = {}) {
  return proxy(new NextRequest(url, { headers }));
}

function nonceOf(policy: string | null): string | undefined {
  return /'nonce-([^']+)'/.exec(policy ?? "")?.[1];
}

describe("proxy", () => {
  it("gives each answer its own nonce of at least 128 bits, the same for policy and layout", () => {
    const [first, second] = [answer(), answer()];
    const nonce = nonceOf(first.headers.get("content-security-policy"));
    expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
    expect(first.headers.get("x-middleware-request-x-nonce")).toBe(nonce);
    expect(nonceOf(first.headers.get("x-middleware-request-content-security-policy"))).toBe(nonce);
    expect(nonceOf(second.headers.get("content-security-policy"))).not.toBe(nonce);
  });

  it("does not let a caller choose the nonce", () => {
    const response = answer(undefined, { "x-nonce": "mine" });
    expect(response.headers.get("x-middleware-request-x-nonce")).not.toBe("mine");
  });

  it("allows no inline script, no eval, no framing, no plugin, no foreign base or form", () => {
    const policy = answer().headers.get("content-security-policy") ?? "";
    const directives = new Map(policy.split("; ").map((part) => [part.split(" ")[0]!, part]));
    expect(directives.get("script-src")).toContain("'strict-dynamic'");
    expect(directives.get("script-src")).not.toContain("unsafe");
    expect(directives.get("script-src-attr")).toBe("script-src-attr 'none'");
    expect(directives.get("style-src")).not.toContain("unsafe");
    expect(directives.get("style-src-attr")).toBe("style-src-attr 'unsafe-inline'");
    expect(directives.get("frame-ancestors")).toBe("frame-ancestors 'none'");
    expect(directives.get("object-src")).toBe("object-src 'none'");
    expect(directives.get("base-uri")).toBe("base-uri 'none'");
    expect(directives.get("form-action")).toBe("form-action 'self'");
  });

  it("sets the other security headers; HSTS is the server's, on every answer", () => {
    const plain = answer().headers;
    expect(plain.get("x-content-type-options")).toBe("nosniff");
    expect(plain.get("x-frame-options")).toBe("DENY");
    expect(plain.get("referrer-policy")).toBe("same-origin");
    expect(plain.get("strict-transport-security")).toBeNull();
  });

  it.each([
    ["/", true],
    ["/projects/p1/records", true],
    ["/sign-in", true],
    ["/apiary", true],
    ["/api/v1/records", false],
    ["/_next/static/chunks/a.js", false],
    ["/healthz", false],
    ["/icon.svg", false],
  ])("%s: runs %s", (path, expected) => {
    const [pattern] = config.matcher;
    expect(new RegExp(`^${pattern}$`).test(path)).toBe(expected);
  });
});
