import { createHash } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { type ApiOptions, html, wecomApi } from './wecom-api.ts';

const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('pixels')]);

/** The server, its clock, and bare calls to it. */
const house = async (options: ApiOptions = {}) => {
  const clock = { now: 1_700_000_000_000 };
  const api = await wecomApi({ ...options, now: () => clock.now });
  onTestFinished(() => api.close());

  const answered = async (response: Response) => (await response.json()) as Record<string, unknown>;
  const get = async (path: string) => answered(await fetch(api.url + path));
  const post = async (path: string, body: object) =>
    answered(await fetch(api.url + path, { method: 'POST', body: JSON.stringify(body) }));
  const token = async (secret = api.account.secret) =>
    (await get(`/cgi-bin/gettoken?corpid=${api.account.corpId}&corpsecret=${secret}`)) as { access_token: string };
  const upload = async (path: string, name: string, bytes: Uint8Array, field = 'media') => {
    const form = new FormData();
    form.append(field, new Blob([new Uint8Array(bytes)]), name);
    return answered(await fetch(api.url + path, { method: 'POST', body: form }));
  };
  const { access_token } = await token();
  const app = (path: string, body: object) => post(`/cgi-bin/${path}?access_token=${access_token}`, body);
  const send = (touser: string, content: string, more: object = {}) =>
    app('message/send', { touser, msgtype: 'text', agentid: api.account.agentId, text: { content }, ...more });
  return { api, clock, get, post, token, upload, access_token, app, send };
};

const card = (task_id: string) => ({
  card_type: 'button_interaction',
  main_title: { title: '请假', desc: '张三' },
  button_list: [{ text: '同意', key: '/批准 1' }],
  task_id,
});

test('one token until it ends; a dead one and none at all are told apart', async () => {
  const { api, clock, get, token, access_token } = await house({ tokenSeconds: 60 });
  const ask = async (one: string) => (await get(`/cgi-bin/user/get?userid=a&access_token=${one}`)).errcode;
  expect(await token()).toMatchObject({ access_token, expires_in: 60 });
  expect([api.tokens.asked(), api.tokens.issued()]).toEqual([2, 1]);
  expect(await token('wrong')).toMatchObject({ errcode: 40_001 });
  expect([await ask(access_token), await ask(''), await ask('x')]).toEqual([0, 41_001, 40_014]);
  clock.now += 60_000;
  expect(await ask(access_token)).toBe(42_001);
  const next = (await token()).access_token;
  expect([await ask(access_token), await ask(next)]).toEqual([42_001, 0]);
  api.tokens.revoke();
  expect(await ask(next)).toBe(40_014);
});

test('a message reaches those it can, and names the others with errcode 0', async () => {
  const { api, send } = await house();
  api.people.unreachable.add('gone');
  expect(await send('zhang|gone|li', '到点了')).toMatchObject({ errcode: 0, invaliduser: 'gone' });
  expect(api.posts.map(({ chat }) => chat.id)).toEqual(['zhang', 'li']);
  expect([(await send('gone', '在吗')).errcode, (await send('', '在吗')).errcode]).toEqual([81_013, 82_001]);
});

test('the same message within its interval is taken and not shown, where that is asked for', async () => {
  const { api, clock, send } = await house();
  const once = { enable_duplicate_check: 1, duplicate_check_interval: 600 };
  for (const more of [once, once, {}]) expect(await send('zhang', '到点了', more)).toMatchObject({ errcode: 0 });
  clock.now += 600_000;
  await send('zhang', '到点了', once);
  expect(api.posts).toHaveLength(3);
  expect(api.app.dropped).toEqual([{ user: 'zhang', text: '到点了', why: 'duplicate' }]);
});

test('a member’s thirty-first message of a minute is lost without a word', async () => {
  const { api, clock, send } = await house();
  for (let n = 0; n < 31; n += 1) expect((await send('zhang', `${n}`)).errcode).toBe(0);
  expect(api.app.dropped).toEqual([{ user: 'zhang', text: '30', why: 'limit' }]);
  clock.now += 60_000;
  await send('zhang', '又');
  expect(api.posts.at(-1)).toMatchObject({ via: 'app', text: '又' });
  expect([api.worst(60_000, 'member:'), api.worst(60_001, 'member:')]).toEqual([31, 32]);
});

test('a text is cut off at 2,048 bytes, a markdown refused', async () => {
  const { api, send, app } = await house();
  await send('zhang', '清'.repeat(700));
  expect(api.posts[0]?.text).toBe('清'.repeat(682));
  const markdown = { touser: 'zhang', agentid: api.account.agentId, msgtype: 'markdown' };
  expect(await app('message/send', { ...markdown, markdown: { content: 'x'.repeat(2_049) } })).toMatchObject({
    errcode: 45_002,
  });
});

test('a card’s response code changes it once, within 72 hours', async () => {
  const { api, clock, app } = await house({ tokenSeconds: 30 * 24 * 3_600 });
  const sent = (task_id: string) =>
    app('message/send', {
      touser: 'li',
      agentid: api.account.agentId,
      msgtype: 'template_card',
      template_card: card(task_id),
    });
  const change = (response_code: unknown) =>
    app('message/update_template_card', {
      userids: ['li'],
      agentid: api.account.agentId,
      response_code,
      button: { replace_name: '已同意' },
    });
  const { response_code } = await sent('t1');
  expect((await sent('t1')).errcode).toBe(40_058);
  expect(await change(response_code)).toMatchObject({ errcode: 0 });
  expect(api.posts[0]?.text).toBe('请假\n张三\n[已同意]');
  expect(await change(response_code)).toMatchObject({ errcode: 40_096 });
  const late = (await sent('t2')).response_code;
  clock.now += 72 * 3_600_000 + 1;
  expect((await change(late)).errcode).toBe(40_096);
  api.switches.hasCallback = false;
  expect((await sent('t3')).errcode).toBe(43_012);
});

test('what was sent can be taken back for a day', async () => {
  const { api, app, send } = await house();
  const { msgid } = await send('zhang', '错了');
  expect((await app('message/recall', { msgid })).errcode).toBe(0);
  expect(api.posts[0]).toMatchObject({ isRecalled: true });
  expect((await app('message/recall', { msgid: 'x' })).errcode).not.toBe(0);
});

test('an app writes into the groups it created and into no others', async () => {
  const { api, app, get, access_token } = await house();
  api.groups.addForeign('theirs');
  const create = { name: '城关镇', owner: 'zhang', userlist: ['zhang', 'li'], chatid: 'g1' };
  const say = (chatid: string) => app('appchat/send', { chatid, msgtype: 'text', text: { content: '早 <@li>' } });
  expect(await app('appchat/create', create)).toMatchObject({ errcode: 0, chatid: 'g1' });
  expect((await app('appchat/create', { ...create, chatid: 'g2', userlist: ['zhang'] })).errcode).toBe(86_006);
  expect([(await say('g1')).errcode, (await say('theirs')).errcode, (await say('g9')).errcode]).toEqual([
    0, 86_008, 86_003,
  ]);
  expect(api.posts).toMatchObject([{ via: 'appchat', chat: { kind: 'group', id: 'g1' }, mentions: ['li'] }]);
  await app('appchat/update', { chatid: 'g1', add_user_list: ['wang'], del_user_list: ['li'] });
  expect(await get(`/cgi-bin/appchat/get?chatid=g1&access_token=${access_token}`)).toMatchObject({
    chat_info: { owner: 'zhang', userlist: ['zhang', 'wang'] },
  });
});

test('the address book answers whom it may', async () => {
  const { api, app, get, access_token } = await house();
  api.people.names.set('zhang', '张三');
  api.people.openIds.set('wo1', 'zhang');
  const look = (userid: string) => get(`/cgi-bin/user/get?userid=${userid}&access_token=${access_token}`);
  expect(await look('zhang')).toMatchObject({ errcode: 0, name: '张三' });
  expect(await look('nobody')).toMatchObject({ errcode: 60_111 });
  api.people.allowed.contacts = false;
  expect(await look('zhang')).toMatchObject({ errcode: 60_011 });
  expect(
    await app('batch/openuserid_to_userid', { open_userid_list: ['wo1', 'wo2'], source_agentid: 1 }),
  ).toMatchObject({
    userid_list: [{ open_userid: 'wo1', userid: 'zhang' }],
    invalid_open_userid_list: ['wo2'],
  });
});

test('an uploaded file can be sent for three days, by its owner', async () => {
  const { api, clock, app, upload, access_token } = await house({ tokenSeconds: 30 * 24 * 3_600 });
  const address = `/cgi-bin/media/upload?access_token=${access_token}&type=`;
  expect((await upload(`${address}image`, 'a.png', PNG, 'file')).errcode).toBe(41_005);
  expect((await upload(`${address}image`, 'a.png', Buffer.from('no picture'))).errcode).toBe(40_005);
  expect((await upload(`${address}file`, 'a.txt', Buffer.from('12345'))).errcode).toBe(40_006);
  const { media_id, type } = await upload(`${address}file`, '未报 城关镇.xlsx', PNG);
  expect(type).toBe('file');
  const send = () =>
    app('message/send', { touser: 'li', agentid: api.account.agentId, msgtype: 'file', file: { media_id } });
  expect((await send()).errcode).toBe(0);
  expect(api.posts[0]?.file).toMatchObject({ name: '未报 城关镇.xlsx' });
  clock.now += 3 * 24 * 3_600_000 + 1;
  expect((await send()).errcode).toBe(40_007);
});

test('a group robot takes twenty a minute, by bytes, while it is in its group', async () => {
  const { api, clock, post, upload } = await house();
  const { key } = api.addWebhook('城关镇群');
  const send = async (body: object) => (await post(`/cgi-bin/webhook/send?key=${key}`, body)).errcode;
  const markdown = (content: string) => ({ msgtype: 'markdown', markdown: { content } });
  const md5 = createHash('md5').update(PNG).digest('hex');
  const image = (md5: string) => ({ msgtype: 'image', image: { base64: PNG.toString('base64'), md5 } });
  expect([await send(markdown('清'.repeat(1_365))), await send(markdown('清'.repeat(1_366)))]).toEqual([0, 45_002]);
  expect([await send(image(md5)), await send(image('0'.repeat(32)))]).toEqual([0, 301_019]);
  expect(await send({ msgtype: 'text', text: { content: '未交', mentioned_list: ['zhang', '@all'] } })).toBe(0);
  expect(api.posts.at(-1)?.mentions).toEqual(['zhang', '@all']);
  expect(await send({ msgtype: 'template_card', template_card: card('t') })).toBe(40_058);
  const { media_id } = await upload(`/cgi-bin/webhook/upload_media?key=${key}&type=file`, '表.xlsx', PNG);
  expect(await send({ msgtype: 'file', file: { media_id } })).toBe(0);
  for (let n = 4; n < 20; n += 1) expect(await send(markdown('x'))).toBe(0);
  expect(await send(markdown('x'))).toBe(45_009);
  clock.now += 60_000;
  expect(await send(markdown('x'))).toBe(0);
  expect(api.worst(60_000, `webhook:${key}`)).toBeGreaterThan(20);
  api.hooks.turn(key, 'off');
  expect(await send(markdown('x'))).toBe(93_004);
  api.hooks.turn(key, 'gone');
  expect([await send(markdown('x')), (await post('/cgi-bin/webhook/send?key=x', {})).errcode]).toEqual([
    93_000, 93_000,
  ]);
});

test('a response address works once', async () => {
  const { api } = await house();
  const url = api.responseUrl({ kind: 'group', id: 'g1' }, 'm1');
  const body = JSON.stringify({ msgtype: 'markdown', markdown: { content: '答' } });
  const send = async () => ((await (await fetch(url, { method: 'POST', body })).json()) as { errcode: number }).errcode;
  expect([await send(), await send()]).toEqual([0, 40_096]);
  expect(api.posts).toMatchObject([{ via: 'response_url', to: 'm1', text: '答' }]);
});

test('answers go wrong as told: before or after the work is done', async () => {
  const { api, send, get } = await house();
  const raw = (path = '/cgi-bin/gettoken') =>
    fetch(api.url + path, { redirect: 'manual', signal: AbortSignal.timeout(300) });
  api.fail({ errcode: 45_009, path: '/message/send' });
  api.fail({ status: 302, headers: { location: 'http://127.0.0.1:1/' } });
  expect((await raw()).status).toBe(302);
  expect([(await send('li', '一')).errcode, (await send('li', '二')).errcode]).toEqual([45_009, 0]);
  api.fail(html);
  expect(await (await raw()).text()).toContain('<html>');
  for (const answers of ['nothing', 'reset', 'drip', 'flood'] as const) {
    api.fail({ answers });
    await expect(raw().then((response) => response.text())).rejects.toThrow();
  }
  api.fail({ errcode: -1, isDone: true, path: '/message/send' });
  expect((await send('li', '三')).errcode).toBe(-1);
  expect(api.posts.map(({ text }) => text)).toEqual(['二', '三']);
  expect((await get('/cgi-bin/nothing')).errcode).not.toBe(0);
});
