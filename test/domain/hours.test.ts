import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readHour, readHours } from '../../src/domain/hours.ts';

test.each([
  ['18:30', '18:30'],
  ['18：30', '18:30'],
  ['１８：３０', '18:30'],
  ['8:05', '08:05'],
  ['18点', '18:00'],
  ['18时', '18:00'],
  ['6点半', '06:30'],
  ['下午6点半', '18:30'],
  ['下午 6:15', '18:15'],
  ['晚上8点', '20:00'],
  ['上午9点', '09:00'],
  ['中午12点', '12:00'],
  ['下午12点', '12:00'],
  ['23点59分', '23:59'],
  ['6pm', '18:00'],
  ['6:30 PM', '18:30'],
  ['9 am', '09:00'],
  ['6点pm', '18:00'],
  ['13:00pm', '13:00'],
  ['0:00', '00:00'],
  ['24:00', null],
  ['25点', null],
  ['8:5', null],
  ['8:60', null],
  ['18', null],
  ['一点', null],
  ['', null],
])('“%s” is %s', (typed, hour) => {
  expect(readHour(typed)).toBe(hour);
});

test.each([
  ['18:30-08:30', ['18:30', '08:30']],
  ['18：30至8：30', ['18:30', '08:30']],
  ['18:30 到 08:30', ['18:30', '08:30']],
  ['18:30～08:30', ['18:30', '08:30']],
  ['18:30 to 08:30', ['18:30', '08:30']],
  ['9pm-7:30am', ['21:00', '07:30']],
  ['晚上9点到早上7点半', ['21:00', '07:30']],
  ['18:30', null],
  ['18:30-', null],
  ['18:30-08:30-09:00', null],
  ['', null],
])('“%s” is from and to %j', (typed, hours) => {
  expect(readHours(typed)).toEqual(hours);
});

test('every minute of the day is read as it is written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), (hour, minute) => {
      const written = `${`${hour}`.padStart(2, '0')}:${`${minute}`.padStart(2, '0')}`;
      expect(readHour(written)).toBe(written);
      expect(readHour(`${hour}点${minute}分`)).toBe(written);
    }),
  );
});
