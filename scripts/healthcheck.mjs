/** The container's HEALTHCHECK: ends with 0 when the bot says that it is alive. Node alone, so that it is quick. */
const { HOST, PORT } = process.env;
const open = HOST === undefined || HOST === '' || HOST === '0.0.0.0' || HOST === '::';
const host = open ? '127.0.0.1' : HOST.includes(':') ? `[${HOST}]` : HOST;
try {
  const { ok } = await fetch(`http://${host}:${PORT || 3000}/healthz`, { signal: AbortSignal.timeout(4_000) });
  process.exitCode = ok ? 0 : 1;
} catch {
  process.exitCode = 1;
}
