#!/usr/bin/env node
// This file must be readable by old versions of Node, so that they can say what is wrong instead of crashing:
// it imports nothing, and all else is loaded only after the version is known to be good.

const needed = [22, 19];
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > 22 || (major === 22 && minor >= 19)) {
  const { runProgram } = await import('./cli/program.ts');
  process.exitCode = await runProgram(process.argv.slice(2));
} else {
  console.error(
    `Patchbay needs Node ${needed.join('.')} or newer; this is Node ${process.versions.node}. ` +
      'In a clone of the repository, “npm start” and “pnpm patchbay …” bring the right one along; elsewhere, install it from https://nodejs.org.',
  );
  process.exitCode = 1;
}

export {};
