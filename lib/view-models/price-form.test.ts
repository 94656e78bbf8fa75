import { expect, it } from "vitest";
import { priceDraftsOf, pricesOf } from "./price-form";

const line = (model: string, input: string, output: string) => ({ key: 0, model, input, output });

it("prices go out as they came in", () => {
  const prices = { "gpt-x": { inputPerMillion: 0.4, outputPerMillion: 1.6 } };
  expect(pricesOf(priceDraftsOf(prices))).toEqual({ ok: true, prices });
});

it("a comma is a point, a line without a name is none, and half a price is refused in words", () => {
  expect(pricesOf([line(" a ", "0,5", "0"), line("", "1", "")])).toEqual({
    ok: true,
    prices: { a: { inputPerMillion: 0.5, outputPerMillion: 0 } },
  });
  expect(pricesOf([line("a", "1", "")])).toEqual({
    ok: false,
    problem: expect.stringContaining("price of a"),
  });
  expect(pricesOf([line("a", "-1", "2")]).ok).toBe(false);
});
