// Small panels made of <details>: one open at a time, closed by Escape or a click elsewhere.

const OPEN = 'details[data-menu][open]';

function closeOthers(kept) {
  document.querySelectorAll(OPEN).forEach((menu) => {
    if (!menu.contains(kept)) menu.open = false;
  });
}

export function startMenus() {
  document.addEventListener('click', (event) => closeOthers(event.target));
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    document.querySelectorAll(OPEN).forEach((menu) => {
      menu.open = false;
      menu.querySelector('summary').focus();
    });
  });
  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-print]')) window.print();
    const closer = event.target.closest('[data-close-dialog]');
    if (closer) closer.closest('dialog').close();
  });
}
