/** What the doctor says about the connection that copies of the bot share. */
import type { Config } from '../src/config.ts';
import type { Translate } from '../src/i18n.ts';
import { connectionOf } from '../src/platforms/connection-names.ts';
import type { Stores } from '../src/store/stores.ts';

type Looked = { readonly mark: '✓' | '!' | '✗'; readonly text: string };

/** Nothing where one copy alone can run, which is said of its directory. */
export const lookAtConnection = async (
  { connections }: Pick<Stores, 'connections'>,
  { redisUrl, wecom }: Config,
  t: Translate,
): Promise<readonly Looked[]> => {
  if (redisUrl === null || !wecom?.bot) return [];
  const { where, restMs } = await connections.look(connectionOf(wecom.bot.id));
  if (where !== null) return [{ mark: '✓', text: t('doctor.connection', { where }) }];
  if (restMs === 0) return [{ mark: '!', text: t('doctor.connection-none') }];
  return [{ mark: '✗', text: t('doctor.connection-rest', { seconds: Math.ceil(restMs / 1_000) }) }];
};
