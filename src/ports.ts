/** All that the house needs of the outside, a file a noun. src/store and src/platforms give it; the recipe hands it over. */
export type * from './ports/boards.ts';
export type * from './ports/burden.ts';
export type * from './ports/campaigns.ts';
export type * from './ports/changes.ts';
export type * from './ports/directory.ts';
export type * from './ports/help.ts';
export type * from './ports/links.ts';
export type * from './ports/lists.ts';
export type * from './ports/log.ts';
export type * from './ports/pictures.ts';
export type * from './ports/platform.ts';
export type * from './ports/playground.ts';
export type * from './ports/posts.ts';
export type * from './ports/reports.ts';
export type * from './ports/rosters.ts';
export type * from './ports/sheets.ts';
export type * from './ports/slots.ts';
