const words = {
  en: {
    title: 'Patchbay runs, but its editor is not built yet',
    text: 'The API answers. To build the editor, stop the server and run “npm start”, or “pnpm build” and start again.',
  },
  'zh-Hans': {
    title: 'Patchbay 已运行，但编辑器尚未构建',
    text: 'API 可以使用。要构建编辑器，请停止服务器后运行“npm start”，或运行“pnpm build”后重新启动。',
  },
};

/** What a browser shows in place of an editor that was never built. No script, no style: the policy allows neither inline. */
export function notBuiltPage(locale: keyof typeof words): string {
  const { title, text } = words[locale];
  return `<!doctype html><html lang="${locale}"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><p>${text}</p></html>\n`;
}
