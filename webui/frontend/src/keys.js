// Keys for people who do not want to take the mouse; the sheet opens with "?".

const ROWS = '[data-row-link]';

function typing(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

function walk(step) {
  const rows = [...document.querySelectorAll(ROWS)];
  if (rows.length === 0) return;
  const at = rows.indexOf(document.activeElement);
  const next = at < 0 ? 0 : Math.min(Math.max(at + step, 0), rows.length - 1);
  rows[next].focus();
}

function follow(name) {
  const target = document.querySelector(`[data-go="${name}"]`);
  if (target) target.click();
}

const ACTIONS = {
  '?': () => document.getElementById('shortcuts')?.showModal(),
  '/': () => document.querySelector('[data-search]')?.focus(),
  j: () => walk(1),
  k: () => walk(-1),
  1: () => follow('todo'),
  2: () => follow('done'),
  3: () => follow('started'),
  n: () => follow('start'),
  o: () => document.getElementById('opinion')?.focus(),
};

export function startKeys() {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typing(event.target) || document.querySelector('dialog[open]')) return;
    const action = ACTIONS[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}
