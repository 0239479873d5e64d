/**
 * Whether something said in passing sounds like a report: work that its author has done today. Nothing here is a
 * judgement of the work; a wrong guess costs one line, so a guess needs several signs that can be named.
 */
import { characters, narrow, visible } from './visible.ts';

/** A greeting is shorter. */
const LEAST_CHARACTERS = 6;
/** A long paragraph; what is longer is a document, and nobody could check it before saying yes. */
export const MOST_OFFERED = 600;

/** Names of work. Built of what offices do with things: look into, tell, hand over, put right. */
const WORK =
  /走访|入户|下[村乡]|蹲点|调研|看望|发动|[检巡排督抽普核审勘][查核验察逻]|[核校][对实准]|整[改理治]|[上申通]报|报[送备批审]|[提递]交|汇报|召开|参[加与观]|主持|[列出]席|组织|协[调助商]|联[系络合]|对接|跟进|处[理置]|办[理结好]|解决|[化调]解|接[待访]|陪同|迎接|撰写|起草|拟[定写稿]|定稿|修[改订缮复建好]|维修|编制|制[定作]|更新|[印下发][发放布]|宣[传讲]|培训|学习|讨论|研究|部署|安排|签[订约]|验收|安装|施工|丈量|测量|清[理运淤]|登记|录入|[上填]传|采[集购]|统计|汇总|拨付|发放|慰问|[回答]复|[回家]访|洽谈|督[促导]|指导|动员|消杀|值[班守]|执[法勤]|抢[修险收]|扑救|救援|核销|报销|调取|约谈|摸[排底]|[移转]交|拆[除迁]|[抽送质]检|代办|盘点|完[成善]|落实|推进|剔除|核减|劝[离导返]|推送|扫描|归档|装订|补录|录制|拍摄|张贴|悬挂|清退|追缴|划拨|测绘|评[审估]|演练|讲解|答疑|受理|移送|[立结]案|转办|疏[通导]|加固|腾退|征收|流转|蹲守|暗访|挂牌|招聘|考察|座谈|劝[解说]|帮扶/;
/** Any verb that says of itself that it is through: 谈妥了, 办下来了, 跑了两趟, 送了慰问品, 把泵修好了, 发到班级. */
const THROUGH =
  /[一-鿿](?:完|好|妥|毕|成)了?(?=$|[,.;!\n一-鿿])|[一-鿿]了(?:[一-鿿]{2}|[\d一两])|[一-鿿](?:[上下出过]去|[下回上过]来|到|去)了|把[^,.;!\n]{2,}了(?=$|[,.;!\n])|[补发送报交转录寄运传][进到给往至]/;
const FINISHED = /[一-鿿]了(?!解|不)|已|完[成毕]|定稿|办结|结束|到位/;
/** Not how long something took. */
const QUANTITY =
  /(?:\d+|[一二两三四五六七八九十百千几]+)[多余]?(?:户|家|个(?!多?半?[小月星钟])|件|份|次|场|人|名|位|条|项|处|篇|村|亩|公里|吨|起|批|台|套|万[元人亩吨]|元|圈|趟|遍|段|米|棵|头|只|辆|栋|间|袋|箱|盏|块|本|封|座|笔|节|课|轮|期|张|斤|幅|卷|封|笔|宗|例|桶|车|组)/;
/** What work is about: people served, papers, places, offices. */
const THING =
  /企业|公司|[商农住用贫五保]户|群众|[村居]民|党员|干部|项目|工程|工作|情况|活动|任务|手续|台账|[报清]单|报[表告]|材料|方案|文件|通知|纪要|简报|协议|合同|执照|会议|[例度谈调商频大全]会|政策|信访|诉求|隐患|问题|纠纷|案件|数据|资金|补贴|物资|[低医社]保|防[汛火疫]|秸秆|禁烧|河道|[道公]路|路[灯面]|管[道网]|用地|征地|环境|垃圾|设备|预算|招标|档案|照片|文书|[一-鿿](?:费|款|函|稿|图)(?![一-鿿])|村口|老人|学生|家长|患者|书记|主任|[一-鿿]长(?![大得高])|[省市县区镇乡村][里上]|[一-鿿](?:局|站|所|厂|店|馆|村|镇|乡|社|厅|科|队|委|校|园区|社区|小区|学校|部门|单位)/;
/** Somebody for whom or with whom, something to which it was done. */
const TARGET = /(?:^|[,.;!\n]|今天|[上下]午|刚)(?:我)?(?:刚|又|已经?)?[把给和跟与向为替同](?!我)[一-鿿\d]{2}/;
const TODAY = /今[天日]|[上中下]午|早上|刚/;
/** 混凝土浇完了: what it was stands before it. */
const TOPIC = /[一-鿿]{2}[一-鿿](?:完|好|妥)了/;
const SEVERAL = /[;\n]|[2２][.、)]/;
/** The work with what it was done to. */
const OBJECT = new RegExp(`(?:${WORK.source})了?[一-鿿\\d]{3}`);
/** Reports drop the subject and begin with the work. */
const STARTS = new RegExp(`^(?:${WORK.source})`);

/** Courtesy, feelings, plans and denials: such a clause tells of no finished work. */
const ASIDE =
  /谢|辛苦|[你您]好|早上好|[上下]午好|晚安|祝|希望|愉快|快乐|加油|好的|收到|知道|明白|哈哈|嘿|[好真太](?:累|烦|困|难|忙|热|冷)|心情|想|[打等]算|准备(?!了|好|完)|忙完|[马晚等再]上|等会|待会|一会儿?(?=$|[,.])|稍[后等]|(?<!了)一下|明[天日]|后天|下周|周末|被|[没未别]|不(?!久|少|同)|忘|得[早快赶]|应该|可能|好像|估计|坏了(?!的)|记错|搞错|弄错/;
/** Asked, said to the bot or about others, or of another day: then none of it is today’s report. */
const NOT_MINE =
  /\?|听说|据说|(?:[把夸骂批给叫让找催])我|^(?:今天|刚才?)?(?:领导|老板|同事|有人|[小老][一-鿿]|[一-鿿]{1,2}[姐哥总])(?:又|也|都|刚)?[把给借拿弄占夸骂]|(?:[吗呢么嘛]|(?<![网酒])吧)(?=$|[\n.!])|怎[么样]|如何|什么|哪[个里些天儿]|谁|几[点时]|为啥|是不是|[能可]不[能可]|有没有|了没|到没|[你您](?!好)|机器人|日[清报]|周[结报]|命令|功能|^(?:请(?!示)|麻烦|帮[我忙]|给我|替我|教我|提醒|大家|[他她]们?|别人)|(?:昨[天日晚]|前[天日]|上周|上个?月|去年)(?!的)|还不(?:满意|行|对|够)/m;
/** Life outside of work. */
const PRIVATE =
  /吃|喝|睡|饿|[到回在]家|我家|下班|上班|堵车|天气|[下阵]雨|下雪|感冒|发烧|看病|孩子(?!们)|儿子|女儿|老[公婆]|爸|妈|朋友|电[影视]|球|游戏|歌|买|快递|外卖|头发|减肥|跑步|爬山|散步|[旅逛]|手机|空调|咖啡|奶茶|生日|彩票|股票|红包|健身|锻炼|跑了?\d+公里|眼睛|嗓子|[腿腰]|脚[都也]|头[大疼晕]|麻了|肿了|哑了|白[改跑写干忙]了|终于|弄丢|拉黑|踢出|把车|停好|我的?(?:键盘|电脑|钥匙|密码|工资|卡|U盘|包|车)/;

const ENGLISH_DONE =
  /\b(?!(?:need|want|lik|lov|hop|miss|ask|tri|receiv|notic|confus|tir|bor|excit|interest|suppos|us|scar|wonder)ed\b)[a-z]{2,}ed\b|\b(?:met|held|wrote|sent|did|made|gave|led|built|drew up|set up|ran|took part|taught|spoke|drove|found|paid|brought|put up)\b/;
const ENGLISH_QUANTITY = /\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|a dozen) [a-z]{3,}/;
const ENGLISH_THING = /\b(?:the|an?|our|its|with|for) [a-z]{3,}/;
const ENGLISH_TODAY = /\btoday\b|\bthis (?:morning|afternoon)\b|\bjust\b/;
const ENGLISH_ASIDE =
  /\b(?:thanks?|hello|hi|hey|good (?:morning|evening|night)|sorry|will|would|going to|hope|tomorrow|not|never)\b|n't\b/;
const ENGLISH_NOT_MINE =
  /\?|^(?:they|she|he|someone|somebody|my|the (?:boss|system|printer|lift|wifi))\b|^(?:how|what|why|when|where|who|which|can|could|do|does|did|is|are|was|has|have|should|please|show|tell|remind|help)\b|\byou\b|\byesterday\b|\blast (?:week|month)\b/m;

const ENGLISH_PRIVATE =
  /\b(?:lunch|dinner|breakfast|coffee|slept|sleep|home|weather|rain(?:ed|ing)?|movie|game|music|kids?|son|daughter|wife|husband|mom|dad|birthday|weekend|headache|traffic|haircut|gym|nap|bed|shopping|dentist|flight)\b/;

/**
 * Counts the signs of finished work: its name, its being finished, how many, what, today, several things. A name and
 * something to show for it are needed, and three signs in all.
 */
export const soundsLikeReport = (typed: string): boolean => {
  if (typed.length > 2 * MOST_OFFERED) return false;
  const text = visible(typed);
  if (characters(text) < LEAST_CHARACTERS || characters(text) > MOST_OFFERED) return false;
  const clauses = narrow(text).replaceAll('。', '.').replaceAll('’', "'");
  return /\p{Script=Han}/u.test(clauses) ? soundsDone(clauses, chinese) : soundsDone(clauses, english);
};

type Signs = {
  readonly notMine: RegExp;
  readonly aside: RegExp;
  readonly personal: RegExp;
  readonly work: readonly RegExp[];
  readonly shown: readonly RegExp[];
  readonly others: readonly RegExp[];
};

const chinese: Signs = {
  notMine: NOT_MINE,
  aside: ASIDE,
  personal: PRIVATE,
  work: [WORK, THROUGH],
  shown: [QUANTITY, THING, TARGET, SEVERAL, OBJECT, TOPIC],
  others: [FINISHED, TODAY, STARTS],
};
const english: Signs = {
  notMine: ENGLISH_NOT_MINE,
  aside: ENGLISH_ASIDE,
  personal: ENGLISH_PRIVATE,
  work: [ENGLISH_DONE],
  shown: [ENGLISH_QUANTITY, ENGLISH_THING, SEVERAL],
  // A past tense is finished by itself.
  others: [ENGLISH_DONE, ENGLISH_TODAY],
};

const soundsDone = (text: string, { notMine, aside, personal, work, shown, others }: Signs): boolean => {
  if (personal.test(text) || notMine.test(text.replace(/[,.;!]\s*/g, '\n'))) return false;
  const told = text
    .split(/(?<=[,.;!\n])/)
    .filter((clause) => !aside.test(clause))
    .join('');
  const count = (signs: readonly RegExp[]) => signs.filter((sign) => sign.test(told)).length;
  const [named, concrete] = [Math.min(count(work), 1), count(shown)];
  return named > 0 && concrete > 0 && named + concrete + count(others) >= 3;
};

const COURTESY =
  /谢|辛苦|[你您]好|早上好|[上下]午好|晚安|收到|知道了|明白|^好的|哈哈|不客气|再见|thank|hello|\bhi\b|got it|good (?:morning|night)/;
/** Longer than that there may be something else in it. */
const LONGEST_COURTESY = 15;

/** Whether it is only polite: nobody would think it filed. */
export const isCourtesy = (typed: string): boolean => {
  const said = narrow(visible(typed.slice(0, 2 * MOST_OFFERED)));
  return characters(said) <= LONGEST_COURTESY && COURTESY.test(said);
};

const YES = /^(?:是的?|对的?|好[的呀]?|嗯+|行|可以|要的?|记[吧下]?|确认|yes|y|yep|yeah|ok|okay|sure)[吧啊]?[。.!~]*$/;
const NO = /^(?:不(?:是|用|要|记|必)?了?|否|别记?|算了|no|n|nope)[。.!~]*$/;

/** Whether it says yes and nothing else. */
export const isYes = (typed: string): boolean => YES.test(word(typed));
/** Whether it says no and nothing else. */
export const isNo = (typed: string): boolean => NO.test(word(typed));

const word = (typed: string): string => narrow(visible(typed.slice(0, 40))).replace(/\s/g, '');
