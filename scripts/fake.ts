/**
 * `npm run fake -- wecom [port [control port [the bot's address]]]`: a local stand-in for a platform's servers, to try
 * the bot by hand.
 */
import { wecomConsole } from '../test/fakes/wecom-console.ts';

const fakes: Readonly<Record<string, (ports: { port: number; controlPort: number; botUrl: string }) => Promise<void>>> =
  {
    wecom: wecomConsole,
  };

const [name = '', port = '0', controlPort = '0', botUrl = 'http://127.0.0.1:3000'] = process.argv.slice(2);
const fake = fakes[name];
if (fake) {
  await fake({ port: Number(port), controlPort: Number(controlPort), botUrl: botUrl.replace(/\/+$/, '') });
} else {
  process.stderr.write(`npm run fake -- <${Object.keys(fakes).join('|')}> [port [control port [bot url]]]\n`);
  process.exitCode = 1;
}
