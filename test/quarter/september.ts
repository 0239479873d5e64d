/**
 * Read before a bot starts (`node --import`): its clock then begins on Monday, 31 August 2026, 07:00 in Shanghai, and
 * runs on from there, whatever day the test is run on.
 */
const realNow = Date.now;
const ahead = Date.parse('2026-08-31T07:00:00+08:00') - realNow();
Date.now = () => realNow() + ahead;
