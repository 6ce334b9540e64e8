import type { Plugin } from 'vite';

/**
 * The code editor writes its styles into a <style> element, which the content security policy forbids.
 * Its style module can use constructed sheets, but does so only inside shadow roots; this lets it do so everywhere.
 */
export function adoptedStyles(): Plugin {
  const shadowOnly = '!root.head && root.adoptedStyleSheets';
  return {
    name: 'patchbay-adopted-styles',
    apply: 'build',
    transform: {
      filter: { id: /\/style-mod\/.*\.js$/ },
      handler(code) {
        if (!code.includes(shadowOnly)) this.error('style-mod changed: see to it that its styles pass the content security policy.');
        return { code: code.replace(shadowOnly, 'root.adoptedStyleSheets'), map: null };
      },
    },
  };
}
