// The people picker by keyboard: from the search box down into the list, Enter searches only.

const LIST = '[data-people-list]';

function choices(list) {
  return [...list.querySelectorAll('input:not(:disabled)')];
}

function listOf(search) {
  return document.getElementById(search.getAttribute('aria-controls'));
}

/** In the search box: Enter must not press the page's first button, Arrow down enters the list. */
function fromSearch(event) {
  if (event.isComposing) return;
  if (event.key === 'Enter') event.preventDefault();
  if (event.key !== 'ArrowDown') return;
  const [first] = choices(listOf(event.target));
  if (!first) return;
  event.preventDefault();
  first.focus();
}

/** In the list: arrows walk, also where several may be ticked; up from the first goes back. */
function inList(event, list) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const all = choices(list);
  const next = all.indexOf(event.target) + step;
  event.preventDefault();
  if (next < 0) list.closest('fieldset').querySelector('[data-people-search]').focus();
  else if (next < all.length) all[next].focus();
}

export function startPeople() {
  document.addEventListener('keydown', (event) => {
    if (event.target.matches('[data-people-search]')) fromSearch(event);
    const list = event.target.closest(LIST);
    if (list) inList(event, list);
  });
}
