// Keys for people who do not want to take the mouse. What they do is read from the sheet that "?"
// shows (webui/keys.py), so what is bound and what is said are the same.

const SHEET = 'shortcuts';

function typing(target) {
  return target.isContentEditable || (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
    && !/^(radio|checkbox|button|submit)$/.test(target.type));
}

function shown(selector) {
  return [...document.querySelectorAll(selector)].find((one) => one.checkVisibility());
}

function walk(selector, step) {
  const rows = [...document.querySelectorAll(selector)];
  if (rows.length === 0) return;
  const at = rows.indexOf(document.activeElement);
  rows[at < 0 ? 0 : Math.min(Math.max(at + step, 0), rows.length - 1)].focus();
}

function open(selector) {
  const found = shown(selector);
  if (!found) return;
  if (found.tagName !== 'DETAILS') {
    found.focus();
    return;
  }
  found.open = true;
  found.scrollIntoView({ block: 'nearest' });
  const inside = 'a, button, select, textarea, input:not([type=hidden]), summary';
  const first = [...found.querySelectorAll(inside)]
    .find((one) => one.parentElement !== found && one.checkVisibility());
  (first ?? found.querySelector('summary')).focus();
}

const ACTIONS = {
  sheet: () => document.getElementById(SHEET)?.showModal(),
  click: (selector) => shown(selector)?.click(),
  focus: (selector) => shown(selector)?.focus(),
  next: (selector) => walk(selector, 1),
  previous: (selector) => walk(selector, -1),
  open,
};

export function startKeys() {
  const bindings = new Map([...document.querySelectorAll(`#${SHEET} [data-key]`)]
    .map((line) => [line.dataset.key, line.dataset]));
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typing(event.target)) {
      if (event.key === 'Escape') event.target.blur();
      return;
    }
    if (document.querySelector('dialog[open]')) return;
    const bound = bindings.get(event.key);
    if (!bound) return;
    event.preventDefault();
    ACTIONS[bound.does](bound.at);
  });
}
