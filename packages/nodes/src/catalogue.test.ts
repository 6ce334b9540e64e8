import { describeNode, isPortType, portsOf } from '@patchbay/node-kit';
import { runExample } from '@patchbay/node-kit/testing';
import { describe, expect, test } from 'vitest';
import { catalogue } from './index.ts';
import { exampleContext } from './testing/example-context.ts';

const definitions = [...catalogue.values()];

/** Flows may use these for ever, so none of them can go; new ones need no line here. */
const first = 'input output prompt model translate filter mask branch classify extract summarize text data http note';

test('still holds the first catalogue', () => {
  expect([...catalogue.keys()]).toEqual(expect.arrayContaining(first.split(' ')));
});

describe.each(definitions.map((definition) => [definition.type, definition] as const))('%s', (type, definition) => {
  test('has its type as key, a config that parses from nothing, and at least one example', () => {
    expect(catalogue.get(type)).toBe(definition);
    expect(definition.config.safeParse({}).success).toBe(true);
    expect(definition.examples.length).toBeGreaterThan(0);
  });

  test.each(definition.examples.map((example) => [example.name.en, example] as const))('example: %s', async (_, example) => {
    const { outputs } = await runExample(definition, example, exampleContext());
    expect(outputs).toEqual(example.outputs);
  });

  test('every example names only ports that exist, and ports have unlike ids', () => {
    for (const { config, inputs, outputs } of definition.examples) {
      const resolved = portsOf(definition, { type, config });
      const [ins, outs] = [resolved.inputs.map(({ id }) => id), resolved.outputs.map(({ id }) => id)];
      expect(new Set(ins).size).toBe(ins.length);
      expect(new Set(outs).size).toBe(outs.length);
      for (const port of [...resolved.inputs, ...resolved.outputs]) expect(isPortType(port.type)).toBe(true);
      // The ends of a flow have their values from outside.
      if (definition.role === undefined || definition.role === 'container')
        expect([ins, outs]).toEqual([expect.arrayContaining(Object.keys(inputs)), expect.arrayContaining(Object.keys(outputs))]);
    }
  });

  test('reads in both languages: title, summary, every field and option', () => {
    const [en, zh] = [describeNode(definition, 'en'), describeNode(definition, 'zh-Hans')];
    expect(zh.fields.length).toBe(en.fields.length);
    for (const words of [en, zh]) {
      expect(words.summary).toMatch(/[.。]$/);
      for (const item of words.fields) {
        expect(item.title, item.path).not.toBe('');
        for (const option of item.options) expect(option.title, item.path).not.toBe('');
      }
    }
    expect(zh.title).toMatch(/\p{Script=Han}/u);
    expect(zh.summary).toMatch(/\p{Script=Han}/u);
    expect(definition.words.synonyms.some((word) => /\p{Script=Han}/u.test(word))).toBe(true);
  });

  test('says its config in one line', () => {
    for (const config of [{}, ...definition.examples.map((example) => example.config)]) {
      const resolved = portsOf(definition, { type, config }).config;
      for (const locale of ['en', 'zh-Hans'] as const) expect(definition.essence(resolved, locale)).not.toContain('\n');
    }
  });
});
