/** No rule writes code: a comment in its place says so, in the one fenced block that was asked for. */
export function codeOf(wanted: string, language: string): string {
  const [open, close] = commentOf(language);
  const lines = ['Demo model: a connected model writes this code.', ...wanted.trim().split(/\r?\n/).slice(0, 20)];
  const safe = lines.map((line) => line.replaceAll('```', '~~~').replaceAll('*/', '* /').replaceAll('-->', '-- >'));
  return [`\`\`\`${language.toLowerCase()}`, ...safe.map((line) => `${open} ${line}${close}`), '```'].join('\n');
}

function commentOf(language: string): [open: string, close: string] {
  if (/^(?:python|bash|powershell|ruby|r|yaml)$/i.test(language)) return ['#', ''];
  if (/^(?:sql|lua|haskell)$/i.test(language)) return ['--', ''];
  if (/^html$/i.test(language)) return ['<!--', ' -->'];
  return /^css$/i.test(language) ? ['/*', ' */'] : ['//', ''];
}
