/** What the doctor says about the platforms: which voices are configured, and whether the app is let in. */
import type { Config } from '../src/config.ts';
import type { Translate } from '../src/i18n.ts';
import { whyNoToken } from '../src/platforms/wecom/token.ts';
import type { Stores } from '../src/store/stores.ts';

type Looked = { readonly mark: '✓' | '!' | '✗'; readonly text: string };

/** By name, each with how it hears and speaks. */
export const lookAtVoices = ({ wecom, hasPlayground }: Config, t: Translate): Looked => {
  const { bot = null, botCallback = null, app = null } = wecom ?? {};
  const names = [
    ...(bot ? [t('doctor.wecom')] : []),
    ...(botCallback ? [t('doctor.wecom-callback')] : []),
    ...(app ? [t('doctor.wecom-app', { hears: app.callback ? 'yes' : 'no' })] : []),
    ...(hasPlayground ? [t('doctor.playground')] : []),
  ];
  return names.length > 0
    ? { mark: '✓', text: t('doctor.platforms', { names: names.join(t('doctor.comma')) }) }
    : { mark: '✗', text: t('doctor.platforms-none') };
};

/** Whether WeCom gives the app its access token. Nothing where there is no app. */
export const lookAtToken = async ({ wecom }: Config, t: Translate): Promise<readonly Looked[]> => {
  if (!wecom?.app || wecom.apiUrl === null) return [];
  const code = await whyNoToken(wecom.apiUrl, wecom.app);
  if (code === null) return [{ mark: '✓', text: t('doctor.token') }];
  return [{ mark: '✗', text: t('doctor.token-none', { code, kind: isAway(code) ? 'away' : 'refused' }) }];
};

/** How many groups a robot speaks in. Nothing where there is none. */
export const lookAtRobots = async ({ robots }: Pick<Stores, 'robots'>, t: Translate): Promise<readonly Looked[]> => {
  const count = (await robots.all()).size;
  return count === 0 ? [] : [{ mark: '✓', text: t('doctor.robots', { count }) }];
};

const isAway = (code: string): boolean => ['no-connection', 'no-answer', 'no-token'].includes(code);
