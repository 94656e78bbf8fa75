import { describe, expect, it } from "vitest";
import { noteAddress } from "./http-address";

const claimed = {
  "x-forwarded-for": "198.51.100.1, 10.0.0.2",
  "x-forwarded-host": "evil.example",
  "x-forwarded-proto": "https",
  "x-touchstone-address": "198.51.100.9",
};

describe("where a request comes from", () => {
  it("is what the socket says; what the caller claims is thrown away", () => {
    const request = { headers: { ...claimed }, socket: { remoteAddress: "203.0.113.5" } };
    noteAddress(request, false);
    expect(request.headers).toEqual({ "x-touchstone-address": "203.0.113.5" });
  });

  it("behind a trusted proxy it is what that proxy added last", () => {
    const request = { headers: { ...claimed }, socket: { remoteAddress: "127.0.0.1" } };
    noteAddress(request, true);
    expect(request.headers).toMatchObject({
      "x-touchstone-address": "10.0.0.2",
      "x-forwarded-proto": "https",
    });
  });
});
