import "server-only";
import { lookup } from "node:dns";
import { BlockList, isIP } from "node:net";
import { Agent, fetch as undiciFetch } from "undici";
import type { FetchLike } from "./openai-client";

/** Addresses that hold machine credentials in clouds, or mean nothing to a caller: never called. */
const FORBIDDEN = new BlockList();
FORBIDDEN.addSubnet("169.254.0.0", 16, "ipv4");
FORBIDDEN.addSubnet("fe80::", 10, "ipv6");
FORBIDDEN.addAddress("fd00:ec2::254", "ipv6");
FORBIDDEN.addAddress("100.100.100.200", "ipv4");
FORBIDDEN.addSubnet("224.0.0.0", 4, "ipv4");
FORBIDDEN.addSubnet("ff00::", 8, "ipv6");
// Teredo hides an IPv4 address inside; nobody serves models there.
FORBIDDEN.addSubnet("2001::", 32, "ipv6");

/** This machine and its private surroundings. */
const PRIVATE = new BlockList();
PRIVATE.addSubnet("0.0.0.0", 8, "ipv4");
PRIVATE.addSubnet("127.0.0.0", 8, "ipv4");
PRIVATE.addSubnet("10.0.0.0", 8, "ipv4");
PRIVATE.addSubnet("172.16.0.0", 12, "ipv4");
PRIVATE.addSubnet("192.168.0.0", 16, "ipv4");
PRIVATE.addSubnet("100.64.0.0", 10, "ipv4");
PRIVATE.addAddress("::1", "ipv6");
PRIVATE.addAddress("::", "ipv6");
PRIVATE.addSubnet("fc00::", 7, "ipv6");

export interface AddressPolicy {
  /** Loopback and private ranges; only while the app itself is reachable from this machine alone. */
  allowPrivate: boolean;
  /** Host names or addresses that are allowed though private (TOUCHSTONE_ALLOW_HOSTS). */
  allowHosts: readonly string[];
}

/** Whether an IP address that `host` resolved to may be called. */
export function isAddressAllowed(host: string, address: string, policy: AddressPolicy): boolean {
  const plain = embeddedIpv4(address) ?? address;
  const family = isIP(plain) === 6 ? "ipv6" : "ipv4";
  if (FORBIDDEN.check(plain, family)) return false;
  if (!PRIVATE.check(plain, family)) return true;
  return policy.allowPrivate || policy.allowHosts.includes(host) || policy.allowHosts.includes(plain);
}

/** The IPv4 address that an IPv6 one stands for: mapped (::ffff:0:0/96), by NAT64 (64:ff9b::/96) or by 6to4 (2002::/16). */
function embeddedIpv4(address: string): string | null {
  if (isIP(address) !== 6) return null;
  const groups = groupsOf(address);
  const head = groups.slice(0, 6).join(":");
  if (head === "0:0:0:0:0:ffff" || head === "64:ff9b:0:0:0:0") return dotted(groups[6], groups[7]);
  return groups[0] === "2002" ? dotted(groups[1], groups[2]) : null;
}

/** Eight groups, as the URL parser writes them: no dots, no leading zeros. */
function groupsOf(address: string): string[] {
  const [left = "", right] = new URL(`http://[${address.split("%")[0]}]/`).hostname.slice(1, -1).split("::");
  const parts = (text: string): string[] => (text === "" ? [] : text.split(":"));
  if (right === undefined) return parts(left);
  const gap = 8 - parts(left).length - parts(right).length;
  return [...parts(left), ...Array.from({ length: gap }, () => "0"), ...parts(right)];
}

function dotted(high = "0", low = "0"): string {
  const [a, b] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [a >> 8, a & 255, b >> 8, b & 255].join(".");
}

/** Whether a host is plainly of this machine or its private surroundings: `localhost`, or a private address in digits. */
export function isPrivateHost(host: string): boolean {
  const plain = host.replace(/^\[|\]$/g, "");
  if (isIP(plain) !== 0) return PRIVATE.check(plain, isIP(plain) === 6 ? "ipv6" : "ipv4");
  return (
    plain === "localhost" || plain.endsWith(".localhost") || plain.endsWith(".local") || !plain.includes(".")
  );
}

/** The refusal, with the code that `toLlmError` puts into words. */
class AddressNotAllowedError extends Error {
  readonly code = "ERR_ADDRESS_NOT_ALLOWED";
}

/**
 * A fetch that checks each address when it connects, after the name was looked up: a name that changes its
 * answer between a check and the call gains nothing. Redirects are not followed.
 */
export function createGuardedFetch(policy: AddressPolicy): FetchLike {
  const dispatcher = new Agent({
    keepAliveTimeout: 30_000,
    connect: {
      lookup: (host, options, callback) => {
        lookup(host, { ...options, all: true }, (error, addresses) => {
          if (error) return callback(error, []);
          const allowed = addresses.filter((entry) => isAddressAllowed(host, entry.address, policy));
          if (allowed.length === 0) return callback(new AddressNotAllowedError(`${host} is not allowed`), []);
          const first = allowed[0];
          if (options.all || !first) return callback(null, allowed);
          return callback(null, first.address, first.family);
        });
      },
    },
  });
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.protocol !== "http:" && url.protocol !== "https:") {
      throw new AddressNotAllowedError(`${url.protocol} is not allowed`);
    }
    // An address written as digits is connected to without a lookup, so it is checked here.
    const literal = url.hostname.replace(/^\[|\]$/g, "");
    if (isIP(literal) !== 0 && !isAddressAllowed(literal, literal, policy)) {
      throw new AddressNotAllowedError(`${literal} is not allowed`);
    }
    // undici's own types of fetch differ from the global ones in name only.
    const options = { ...init, redirect: "manual", dispatcher } as unknown as Parameters<
      typeof undiciFetch
    >[1];
    return (await undiciFetch(url, options)) as unknown as Response;
  };
}
