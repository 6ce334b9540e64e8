import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const plugins = readdirSync(root('plugins'));

test.each(plugins)('the plug-in %s is not part of the ordinary install', (name) => {
  const { dependencies } = JSON.parse(readFileSync(root(`plugins/${name}/package.json`), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const lock = readFileSync(root('pnpm-lock.yaml'), 'utf8');
  expect(Object.keys(dependencies).length).toBeGreaterThan(0);
  expect([...Object.keys(dependencies), 'onnxruntime'].filter((dependency) => lock.includes(dependency))).toEqual([]);
  expect(lock).not.toContain(`plugins/${name}`);
});

test.each(plugins)('the plug-in %s is installed by a command of its own, with what its own lockfile says and nothing compiled', (name) => {
  const { scripts } = JSON.parse(readFileSync(root('package.json'), 'utf8')) as { scripts: Record<string, string> };
  expect(scripts[`plugin:${name}`]).toContain('--frozen-lockfile');
  const workspace = readFileSync(root(`plugins/${name}/pnpm-workspace.yaml`), 'utf8');
  expect(workspace.split('allowBuilds:')[1]).not.toContain('true');
});
