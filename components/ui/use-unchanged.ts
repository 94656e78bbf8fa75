"use client";

import { useState } from "react";

/**
 * The former value for as long as the new one says the same: what is drawn from it need not be drawn again.
 * @param value plain data, compared by its JSON
 */
export function useUnchanged<Value>(value: Value): Value {
  const [kept, setKept] = useState(() => ({ value, text: JSON.stringify(value) }));
  if (kept.value === value) return value;
  const text = JSON.stringify(value);
  if (text === kept.text) return kept.value;
  setKept({ value, text });
  return value;
}
