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

describe("addresses in disguise", () => {
  /** As somebody would type them into the form of a connection, each of them meaning this machine or one beside it. */
  test.each([
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://0/",
    "http://[::]/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[0:0:0:0:0:ffff:0a00:0001]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[::ffff:a9fe:a9fe]/",
    "http://[fd00:ec2::254]/",
    "http://100.100.100.200/",
    "http://127.0.0.1./",
    "http://LOCALHOST/",
    "http://user:password@127.0.0.1/",
    "http://１２７.0.0.1/",
  ])("%s is not called by a server that others can reach", async (url) => {
    const error = await createGuardedFetch(closed)(url).catch((caught: unknown) => caught);
    expect(networkCodeOf(error)).toBe("ERR_ADDRESS_NOT_ALLOWED");
  });

  test.each(["file:///etc/passwd", "data:text/plain,x", "ftp://127.0.0.1/", "gopher://127.0.0.1/"])(
    "%s is no address of a model",
    async (url) => {
      const error = await createGuardedFetch(closed)(url).catch((caught: unknown) => caught);
      expect(networkCodeOf(error)).toBe("ERR_ADDRESS_NOT_ALLOWED");
    },
  );

  test("metadata addresses are never called, wherever the server answers", async () => {
    for (const url of [
      "http://169.254.169.254/",
      "http://[::ffff:a9fe:a9fe]/",
      "http://[64:ff9b::a9fe:a9fe]/",
    ]) {
      const error = await createGuardedFetch(open)(url).catch((caught: unknown) => caught);
      expect([url, networkCodeOf(error)]).toEqual([url, "ERR_ADDRESS_NOT_ALLOWED"]);
    }
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
