/**
 * What Node has compiled, types stripped, is kept for the next start, which takes half the time then. It lies beside the
 * packages, since a folder that every user of the machine may write to is no place for code; where nothing can be
 * written, as in the image, the bot starts without. In JavaScript, and before main.ts: to read one file of TypeScript
 * that is not kept, Node loads a compiler.
 */
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)));
