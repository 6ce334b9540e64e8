import { useState } from 'react';

/**
 * What is being typed, while it may not be a value yet ("1.", half a JSON). It is given up only when the document's
 * value changes from elsewhere.
 */
export function useDraft<Value, Draft>(value: Value, toDraft: (value: Value) => Draft): [Draft, (draft: Draft, value: Value) => void] {
  const key = keyOf(value);
  const [held, setHeld] = useState(() => ({ key, draft: toDraft(value) }));
  let current = held;
  if (held.key !== key) {
    current = { key, draft: toDraft(value) };
    setHeld(current);
  }
  return [current.draft, (draft, next) => setHeld({ key: keyOf(next), draft })];
}

const keyOf = (value: unknown): string => JSON.stringify(value) ?? '';
