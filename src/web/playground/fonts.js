/**
 * Where the system has no Chinese letters, the house's own font comes in slices, and Chromium leaves some of the text that
 * it drew before a slice came as empty boxes. Elsewhere no slice is ever asked for, and this does nothing.
 */
export const redrawWhenFontsCome = () => {
  let turn = 0;
  document.fonts.addEventListener('loadingdone', () => {
    turn += 1;
    document.documentElement.style.setProperty('--turn', `${turn / 1_000}px`);
  });
};
