import { connect, type Socket } from 'node:net';

/**
 * Calls a server over so many kept connections, each sending its next call when the last is answered: how long each
 * took, in ms, and what the last was answered. Whole requests as bytes, so that as little as can be of the machine goes
 * to the caller. Throws when one is not answered with 200.
 */
export const callAll = async (port: number, connections: number, calls: readonly Buffer[]) => {
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  const begun = performance.now();
  const times: number[] = [];
  let next = 0;
  let last = '';
  const lane = (socket: Socket) =>
    new Promise<void>((resolve, reject) => {
      let begun = 0;
      let heard = '';
      const send = () => {
        const call = calls[next];
        next += 1;
        if (!call) {
          socket.off('data', hear);
          return resolve();
        }
        begun = performance.now();
        heard = '';
        socket.write(call);
      };
      const hear = (part: Buffer) => {
        heard += part.toString('latin1');
        const end = heard.indexOf('\r\n\r\n');
        if (end === -1) return;
        const length = Number(/content-length: (\d+)/i.exec(heard)?.[1] ?? 0);
        if (heard.length < end + 4 + length) return;
        if (!heard.startsWith('HTTP/1.1 200 ')) return reject(new Error(heard.slice(0, 200)));
        times.push(performance.now() - begun);
        last = heard.slice(end + 4);
        send();
      };
      socket.on('data', hear);
      socket.once('close', () => reject(new Error('hung up')));
      send();
    });
  await Promise.all(sockets.map(lane));
  const wall = performance.now() - begun;
  for (const socket of sockets) socket.destroy();
  return { wall, times, last };
};

const open = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket)).once('error', reject);
  });
