// A part that scrolls sideways or downwards can be reached and scrolled with the keyboard.

const SCROLLING = '.table-wrap, .task-side';

function mark(part) {
  const scrolls = part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1;
  if (scrolls) part.tabIndex = 0;
  else part.removeAttribute('tabindex');
}

export function startRegions() {
  const watcher = new ResizeObserver((entries) => entries.forEach(({ target }) => mark(target)));
  document.querySelectorAll(SCROLLING).forEach((part) => {
    mark(part);
    watcher.observe(part);
  });
}
