import { avatar } from './avatar.js';
import { byId, el } from './dom.js';

/** @import { Member } from './api.js' */
/** @import { Say } from './texts.js' */
/** @import { World } from './world.js' */

/** Roles in the order in which a unit's people are listed. */
const RANK = ['unitHead', 'leader', 'admin', 'inspector', 'reviewer', 'appealDecider', 'intakeOfficer', 'coordinator'];

/**
 * Who one is, and the list of all whom one can be.
 *
 * @param {{world: World, say: Say, become(id: string): void, newPerson(): void}} deps
 */
export const peopleList = ({ world, say, become, newPerson }) => {
  const dialog = byId('people', HTMLDialogElement);
  const search = byId('people-search', HTMLInputElement);

  /** @param {Member} member */
  const rolesOf = ({ roles }) =>
    RANK.filter((role) => roles.includes(role)).map((role) =>
      say(role === 'coordinator' ? 'page.coordinator' : `role.${role}`),
    );

  /** @param {Member} member */
  const rankOf = ({ roles }) => {
    const at = RANK.findIndex((role) => roles.includes(role));
    return at < 0 ? RANK.length : at;
  };

  /** @param {Member} member */
  const item = (member) => {
    const name = member.name ?? member.id;
    return el(
      'button',
      {
        type: 'button',
        class: 'person',
        'aria-pressed': String(member.id === world.me()),
        onclick: () => {
          dialog.close();
          become(member.id);
        },
      },
      avatar(member.id, name, 'person'),
      el('b', {}, name),
      el('span', { class: 'roles' }, ...rolesOf(member).map((role) => el('span', { class: 'tag' }, role))),
    );
  };

  const drawList = () => {
    const wanted = search.value.trim();
    const units = [...world.units().map(({ id, name }) => ({ id, name })), { id: null, name: say('page.no-unit') }];
    const strangers = world.extra().people.filter((id) => !world.member(id));
    const everybody = [...world.members(), ...strangers.map((id) => ({ id, name: null, unit: null, roles: [] }))];
    const sections = units.flatMap(({ id, name }) => {
      const people = everybody
        .filter((member) => member.unit === id)
        .filter((member) => [member.name, member.id, name, ...rolesOf(member)].some((word) => word?.includes(wanted)))
        .toSorted((a, b) => rankOf(a) - rankOf(b));
      return people.length === 0 ? [] : [el('section', {}, el('h3', {}, name), ...people.map(item))];
    });
    const add = el('button', { type: 'button', class: 'quiet add', onclick: newPerson }, say('page.new-person'));
    byId('people-list', HTMLElement).replaceChildren(
      ...(sections.length > 0 ? sections : [el('p', { class: 'nothing' }, say('page.nobody'))]),
      add,
    );
  };

  const drawMe = () => {
    const me = world.me();
    const member = world.member(me);
    const name = member?.name ?? me;
    byId('me-avatar', HTMLElement).replaceWith(Object.assign(avatar(me, name, 'person'), { id: 'me-avatar' }));
    byId('me-name', HTMLElement).textContent = name;
    const unit = world.unit(member?.unit ?? null)?.name ?? say('page.no-unit');
    byId('me-unit', HTMLElement).textContent = [unit, ...(member ? rolesOf(member) : [])].join(' · ');
  };

  byId('me', HTMLButtonElement).addEventListener('click', () => {
    search.value = '';
    drawList();
    dialog.showModal();
    dialog.querySelector('[aria-pressed="true"]')?.scrollIntoView({ block: 'center' });
  });
  search.addEventListener('input', drawList);
  world.listen(({ kind }) => {
    if (kind === 'me') drawMe();
  });
};
