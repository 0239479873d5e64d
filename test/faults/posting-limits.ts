import type { Delivery } from '../../src/ports.ts';

/** The limits of a platform whose minute is two seconds. */
export const perChat = { ms: 2_000, most: 12 };
export const perRobot = { ms: 1_000, most: 1_500 };

/** Every second conversation gets what must not stand there twice. */
export const deliveryOf = (chat: number): Delivery => (chat % 2 === 0 ? 'atMostOnce' : 'atLeastOnce');
