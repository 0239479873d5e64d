/** What no indicator may count: C03, C05 and C08 of the rules on 形式主义. Effort, traces and attention are no results. */
import { narrow } from './visible.ts';

export const forbiddenKinds = [
  'meetings',
  'papers',
  'photos',
  'words',
  'notes',
  'messages',
  'likes',
  'online',
  'quiz',
] as const;
export type ForbiddenKind = (typeof forbiddenKinds)[number];

/** The first that fits names the reason. Written without spaces: what people put between letters does not help. */
const forbidden: readonly (readonly [ForbiddenKind, RegExp])[] = [
  ['notes', /笔记|心得|读后感|学习(?:时长|时间|次数|强国|篇数)|学时|studynotes?|notestaken|studytime/u],
  ['meetings', /会议|开会|例会|座谈|碰头会|会次|meetings?|conferences?/u],
  [
    'papers',
    /发文|印发|行文|文件|公文|材料(?:数|份|篇|报送)|简报|信息(?:数|篇|条|报送)|稿件|报道|documents?|papers?|articles?/u,
  ],
  ['photos', /照片|图片|相片|影像|视频|截图|拍照|留痕|痕迹|photos?|pictures?|videos?|screenshots?/u],
  [
    'likes',
    /点赞|转发|投票|评论|阅读量|浏览量|点击|关注(?:数|量)|粉丝|表扬数|likes?|votes?|forwards|reposts|views|followers|kudos/u,
  ],
  [
    'online',
    /在线(?:时|人|率|数|天|$)|上线时长|登录|登陆|打卡|签到|考勤|出勤|活跃|日活|月活|安装(?:数|量|率)|下载(?:数|量|率)|装机|激活|online(?:time|hours|days|users|$)|timeonline|logins?|attendance|active(?:users|days)|installs?|downloads?/u,
  ],
  ['quiz', /答题|测试(?:分|成绩|次数)|测验|考试|积分|quiz|testscores?|^points$/u],
  ['words', /字数|篇幅|万字|wordcount|numberofwords|lengthof/u],
  [
    'messages',
    /(?:日清|日报|周结|周报|报告|汇报|消息|发言|接龙|群聊)(?:的)?(?:数|量|次|条|份|篇|字)|(?:messages?|reports?)(?:count|number|sent|filed)|numberof(?:messages|reports)/u,
  ],
];

/** Units that say by themselves what is counted. */
const forbiddenUnits: readonly (readonly [ForbiddenKind, RegExp])[] = [
  ['words', /^(?:字|万字|千字|words?)$/u],
  ['papers', /^(?:篇|篇次|papers?)$/u],
  ['photos', /^(?:张照片|帧)$/u],
  ['likes', /^(?:赞|likes?)$/u],
  ['meetings', /^(?:场会|次会|meetings?)$/u],
];

/** Why nothing may be measured under this name and in this unit; null when it may. */
export const forbiddenKind = (name: string, unit: string): ForbiddenKind | null => {
  const [said, counted] = [name, unit].map((text) => narrow(text.normalize('NFKC')).replace(/[^\p{L}\p{N}]/gu, ''));
  const find = (rules: typeof forbidden, text = '') => rules.find(([, words]) => words.test(text))?.[0];
  return find(forbidden, said) ?? find(forbiddenUnits, counted) ?? null;
};
