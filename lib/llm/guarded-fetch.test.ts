import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { networkCodeOf } from "./classify-error";
import { createGuardedFetch, isAddressAllowed } from "./guarded-fetch";
import { redact } from "./redact";

const open = { allowPrivate: true, allowHosts: [] };
const closed = { allowPrivate: false, allowHosts: [] };

describe("addresses that may be called", () => {
  test.each(["169.254.169.254", "fe80::1", "fd00:ec2::254", "::ffff:169.254.169.254"])(
    "%s never",
    (address) => {
      expect(isAddressAllowed(address, address, { allowPrivate: true, allowHosts: [address] })).toBe(false);
    },
  );

  test.each(["127.0.0.1", "10.1.2.3", "192.168.0.9", "172.20.0.1", "::1", "fd12::1", "::ffff:10.0.0.1"])(
    "%s only where private addresses are allowed, or by name",
    (address) => {
      expect(isAddressAllowed("host.test", address, open)).toBe(true);
      expect(isAddressAllowed("host.test", address, closed)).toBe(false);
      expect(isAddressAllowed("host.test", address, { allowPrivate: false, allowHosts: ["host.test"] })).toBe(
        true,
      );
    },
  );

  test("public addresses always", () => {
    expect(isAddressAllowed("example.com", "93.184.216.34", closed)).toBe(true);
  });
});

describe("the guarded fetch", () => {
  let server: Server;
  let port = 0;

  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === "/moved") response.writeHead(302, { location: "http://169.254.169.254/" }).end();
      else response.end("hello");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  test("calls loopback where that is allowed, by name and by number", async () => {
    const guarded = createGuardedFetch(open);
    expect(await (await guarded(`http://127.0.0.1:${port}/`)).text()).toBe("hello");
    expect(await (await guarded(`http://localhost:${port}/`)).text()).toBe("hello");
  });

  test.each(["127.0.0.1", "localhost"])("refuses %s where it is not, when it connects", async (host) => {
    const error = await createGuardedFetch(closed)(`http://${host}:${port}/`).catch(
      (caught: unknown) => caught,
    );
    expect(networkCodeOf(error)).toBe("ERR_ADDRESS_NOT_ALLOWED");
  });

  test("does not follow a redirect", async () => {
    expect((await createGuardedFetch(open)(`http://127.0.0.1:${port}/moved`)).status).toBe(302);
  });
});

describe("keys in texts", () => {
  test("are removed, whole and in the shapes providers echo", () => {
    const text = redact("key my-own-secret, Bearer abc.def, sk-abcd1234efgh, dapi0123456789abcdef01", [
      "my-own-secret",
    ]);
    expect(text).toBe("key [key removed], [key removed], [key removed], [key removed]");
  });
});
