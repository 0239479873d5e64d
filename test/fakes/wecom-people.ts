import { z } from 'zod';
import { refused } from './wecom-codes.ts';
import { jsonOf, type Route } from './wecom-http.ts';

const Asked = z.object({ open_userid_list: z.array(z.string()).max(1_000), source_agentid: z.coerce.number() });

/** The address book: whoever is not listed is unknown to lookups; an empty one knows everybody by his id. */
export const wecomPeople = () => {
  const names = new Map<string, string>();
  const openIds = new Map<string, string>();
  /** Whom messages do not reach: outside the app's visible range, or gone. */
  const unreachable = new Set<string>();
  const unlicensed = new Set<string>();
  const allowed = { contacts: true };

  const isKnown = (user: string) => names.size === 0 || names.has(user);
  const permitted =
    (route: Route): Route =>
    (call) => {
      if (!allowed.contacts) throw refused(60_011, 'no privilege to access/modify contact/party/agent');
      return route(call);
    };
  const person = (userid: string) => ({ userid, name: names.get(userid) ?? userid, department: [1], open_userid: '' });
  const everybody = () => [...names.keys()].map(person);

  const get: Route = ({ query }) => {
    const userid = query.get('userid') ?? '';
    if (!isKnown(userid)) throw refused(60_111, 'userid not found');
    return { ...person(userid), status: 1 };
  };
  const convert: Route = (call) => {
    const { open_userid_list } = Asked.parse(jsonOf(call));
    return {
      userid_list: open_userid_list.flatMap((id) => {
        const userid = openIds.get(id);
        return userid === undefined ? [] : [{ open_userid: id, userid }];
      }),
      invalid_open_userid_list: open_userid_list.filter((id) => !openIds.has(id)),
    };
  };

  return {
    names,
    openIds,
    unreachable,
    unlicensed,
    allowed,
    isReachable: (user: string) => isKnown(user) && !unreachable.has(user),
    isLicensed: (user: string) => !unlicensed.has(user),
    routes: {
      'GET /cgi-bin/user/get': permitted(get),
      'GET /cgi-bin/user/simplelist': permitted(() => ({
        userlist: everybody().map(({ userid, name, department }) => ({ userid, name, department })),
      })),
      'GET /cgi-bin/user/list': permitted(() => ({ userlist: everybody() })),
      'POST /cgi-bin/user/list_id': permitted(() => ({
        dept_user: [...names.keys()].map((userid) => ({ userid, department: 1 })),
        next_cursor: '',
      })),
      'POST /cgi-bin/batch/openuserid_to_userid': convert,
    },
  };
};
