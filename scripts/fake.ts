/** `npm run fake -- wecom [port [control port]]`: a local stand-in for a platform's server, to try the bot by hand. */
import { wecomConsole } from '../test/fakes/wecom-console.ts';

const fakes: Readonly<Record<string, (ports: { port: number; controlPort: number }) => Promise<void>>> = {
  wecom: wecomConsole,
};

const [name = '', port = '0', controlPort = '0'] = process.argv.slice(2);
const fake = fakes[name];
if (fake) {
  await fake({ port: Number(port), controlPort: Number(controlPort) });
} else {
  process.stderr.write(`npm run fake -- <${Object.keys(fakes).join('|')}> [port [control port]]\n`);
  process.exitCode = 1;
}
