// Loaded into a server of the fault suite: its clock is the machine's plus what stands in a file, looked at every 50 ms.
import { readFileSync } from "node:fs";

const file = process.env.TOUCHSTONE_TEST_CLOCK;
if (file) {
  const realNow = Date.now;
  let offsetMs = 0;
  setInterval(() => {
    offsetMs = Number(readFileSync(file, "utf8")) || 0;
  }, 50).unref();
  const RealDate = Date;
  globalThis.Date = class extends RealDate {
    constructor(...parts) {
      if (parts.length === 0) super(realNow() + offsetMs);
      else super(...parts);
    }
    static now() {
      return realNow() + offsetMs;
    }
    // Next wraps the Date that it finds with the statics that are its own
    static UTC = RealDate.UTC;
    static parse = RealDate.parse;
  };
}
