/** Where the service starts: `node src/main.ts`. What it is built of stands in recipe.ts. */
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Before anything else is imported: what Node has compiled, types stripped, is kept for the next start. Beside the
// packages, since a folder that every user of the machine may write to is no place for code. Where nothing can be
// written, as in the image, it starts without.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)));
await import('./recipe.ts');
