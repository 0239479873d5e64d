/** Where the service starts: `npm start`. What it is built of stands in start.ts and recipe.ts. */
import './compile-cache.js';
import { setFlagsFromString } from 'node:v8';

await import('./start.ts');

// Memory that long texts took is given back soon, for one twentieth more of a core; while it starts, for a fifth.
setFlagsFromString('--heap-growing-percent=50');
