import type { ConfigFault } from '@patchbay/node-kit';
import { alone, type Condition, type Operator } from './condition.ts';
import { numberIn } from './number-in.ts';

const onNumbers: readonly Operator[] = [
  'equal',
  'not_equal',
  'greater',
  'at_least',
  'less',
  'at_most',
  'between',
  'count_equal',
  'count_more',
  'count_fewer',
];

/** Conditions that would judge by nothing: every text contains the empty one, so all would go one way unnoticed. */
export function checkConditions(conditions: readonly Condition[], base: ConfigFault['path'] = []): ConfigFault[] {
  return conditions.flatMap((condition, index) => {
    if (alone.includes(condition.op)) return [];
    const keys = condition.op === 'between' ? (['value', 'to'] as const) : (['value'] as const);
    return keys.flatMap((key) => faultOf(condition, key, [...base, 'conditions', index, key]));
  });
}

function faultOf(condition: Condition, key: 'value' | 'to', path: ConfigFault['path']): ConfigFault[] {
  const text = condition[key].trim();
  if (text === '') return [{ code: 'condition_incomplete', path }];
  // What a chip brings is known only in the run.
  if (text.includes('{{') || !onNumbers.includes(condition.op) || numberIn(text) !== undefined) return [];
  return [{ code: 'condition_not_a_number', path, params: { text: text.slice(0, 80) } }];
}
