// What is no answer to a part of the page (the log-in, an error) must not take its place: whatever
// was typed there stays, and a line on top of the page says why it was not shown again.

function reason(page, { ended, endedDraft, unchanged }) {
  const draft = document.querySelector('form[data-guard] [name=_action][value=save]');
  if (page.querySelector('.login-page')) return draft ? endedDraft : ended;
  const said = [...page.querySelectorAll('.plain-page :is(h1, .note-words)')];
  return [...said.map((one) => one.textContent.trim()), unchanged].join(' ');
}

export function startUnanswered() {
  const line = document.getElementById('unanswered');
  if (!line) return;
  const tell = (words) => {
    line.querySelector('[data-words]').textContent = words;
    line.hidden = false;
  };
  document.addEventListener('htmx:after:request', (event) => {
    const { text, target } = event.detail.ctx;
    line.hidden = true;
    if (text.includes(`id="${target.id}"`)) return;
    event.preventDefault();
    tell(reason(new DOMParser().parseFromString(text, 'text/html'), line.dataset));
  });
  document.addEventListener('htmx:error', () => tell(line.dataset.offline));
}
