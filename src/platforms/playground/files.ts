export { type Shelf, shelf } from '../shelf.ts';

/** Where a file on the shelf is fetched. */
export const fileUrl = (id: string): string => `/playground/api/files/${id}`;
