/** Libraries that every page is made with, and the parts of the interface that stand around each. */
const libraries =
  /\/node_modules\/(?:react|react-dom|scheduler|i18next|react-i18next|use-sync-external-store|zustand|@tanstack\/[a-z-]+)\//;
const iconMaker = /\/lucide-react\/dist\/esm\/(?:shared\/|createLucideIcon|Icon\.|context|default)/;
const frame =
  /\/apps\/editor\/src\/(?:ui\/(?:toast|icon-button|button|tooltip|keys|lazy-part|later-menu|join|skeleton)\.|api\/(?:client|sentence)\.)/;
const button = /\/@base-ui\/react\/.*(?:useRenderElement|use-button|\/button\/Button)/;

/**
 * What every page needs comes as one file. Left to itself the bundler makes a file of each part that another set of pages
 * shares: thirty requests of a few hundred bytes, which compress worse and each wait for their turn.
 */
export const baseChunk = {
  groups: [{ name: 'base', test: new RegExp([libraries, iconMaker, frame, button].map(({ source }) => source).join('|')) }],
};
