/** What this browser remembers between visits. Another county, after a reset, begins without it. */
const PREFIX = 'riqing.';

/**
 * @template Value
 * @param {string} name
 * @param {Value} otherwise
 * @returns {Value}
 */
export const recall = (name, otherwise) => {
  try {
    const kept = localStorage.getItem(PREFIX + name);
    return kept === null ? otherwise : JSON.parse(kept);
  } catch {
    return otherwise;
  }
};

/**
 * @param {string} name
 * @param {unknown} value
 */
export const keep = (name, value) => {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // A private window may refuse; then the page begins anew each time.
  }
};

export const forget = () => {
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(PREFIX)) localStorage.removeItem(name);
  } catch {
    // As above.
  }
};
