// The number on the bell: an event stream, else a look now and then; pages work without either.

const MOST = 99;
const PATIENCE = 60000;
const FAILURES = 3;

function show(bell, count) {
  const number = bell.querySelector('.bell-count');
  number.textContent = count > MOST ? `${MOST}+` : String(count || '');
  bell.classList.toggle('has-news', count > 0);
}

function poll(bell) {
  setInterval(async () => {
    if (document.hidden) return;
    const answer = await fetch(bell.dataset.count).catch(() => null);
    if (answer && answer.ok && !answer.redirected) show(bell, Number(await answer.text()));
  }, PATIENCE);
}

export function startBell() {
  const bell = document.querySelector('[data-bell]');
  if (!bell) return;
  if (!window.EventSource) {
    poll(bell);
    return;
  }
  let failures = 0;
  const stream = new EventSource(bell.dataset.bell);
  stream.addEventListener('message', (event) => {
    failures = 0;
    show(bell, Number(event.data));
  });
  stream.addEventListener('error', () => {
    failures += 1;
    if (stream.readyState === EventSource.CLOSED || failures > FAILURES) {
      stream.close();
      poll(bell);
    }
  });
  window.addEventListener('pagehide', () => stream.close());
}
